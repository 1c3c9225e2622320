using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.Kubernetes.Serving.Requests;

/// <summary>One predictor of a request: a model, and the pod that somebody wants it to run in.</summary>
public sealed record PredictorRequest
{
    /// <summary>Where it stands in the request: <c>spec.predictors[0]</c>.</summary>
    public required string Path { get; init; }

    public required string Name { get; init; }

    /// <summary>With its registry.</summary>
    public required ModelReference Model { get; init; }

    /// <summary>What the caller says the format is: an assertion, checked against the artifact.</summary>
    public string? Format { get; init; }

    /// <summary>Requests that the server may join to one batch; null for what the server does by itself.</summary>
    public int? MaximumBatchSize { get; init; }

    /// <summary>A prepackaged server of Seldon, such as <c>MLFLOW_SERVER</c>; null for none.</summary>
    public string? Implementation { get; init; }

    /// <summary>An image of the caller's own; null when a configured server is to run the model.</summary>
    public string? Image { get; init; }

    public int? Traffic { get; init; }

    public bool IsShadow { get; init; }

    /// <summary>Requests whose headers match one of these come here.</summary>
    public IReadOnlyList<HeaderMatch> Matches { get; init; } = [];

    /// <summary>The predictor as it was sent.</summary>
    internal JsonObject Source { get; init; } = [];

    internal JsonField Field => new(Source, Path);

    internal JsonField Container => Field["componentSpecs"].First["spec"]["containers"].First;
}
