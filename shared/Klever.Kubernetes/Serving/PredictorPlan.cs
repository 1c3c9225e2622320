using Klever.Kubernetes.Serving.Requests;
using Klever.Kubernetes.Serving.Servers;
using Klever.Models;

namespace Klever.Kubernetes.Serving;

/// <summary>One predictor, decided: which model, in which server, where.</summary>
public sealed record PredictorPlan
{
    public required string Name { get; init; }

    /// <summary>By digest, without a tag.</summary>
    public required ModelReference Model { get; init; }

    /// <summary>Null: an image of the caller's own, or a prepackaged server that only Seldon knows.</summary>
    public ServerProfile? Server { get; init; }

    /// <summary>Seldon runs a server of its own that nothing here knows; nothing is composed but the names.</summary>
    public bool IsLeftToSeldon { get; init; }

    /// <summary>The directory above the model (MODEL_STORE).</summary>
    public string Store { get; init; } = "";

    /// <summary>The directory of the model.</summary>
    public string ModelPath { get; init; } = "";

    /// <summary>Where the volume is mounted: the directory of the model, or one above it.</summary>
    public string MountPath { get; init; } = "";

    /// <summary>How <c>klever initialize</c> lays out the files.</summary>
    public string Layout { get; init; } = "";

    /// <summary>What the request says the format is, where the artifact says none; else null.</summary>
    public ModelFormat? AssertedFormat { get; init; }

    /// <summary>The port that answers HTTP.</summary>
    public int HttpPort { get; init; }

    public bool HasGpu { get; init; }

    /// <summary>Whether the model is in the registry whose credentials the pull secret holds.</summary>
    public bool UsesPullSecret { get; init; }

    /// <summary>Percent of the requests; null for all.</summary>
    public int? Traffic { get; init; }

    /// <summary>Where inference requests go on <see cref="HttpPort"/>; null when only the image knows.</summary>
    public string? InferencePath { get; init; }

    /// <summary>What was asked for.</summary>
    public required PredictorRequest Request { get; init; }
}
