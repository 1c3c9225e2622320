using k8s.Models;
using Klever.Models;

namespace Klever.Kubernetes.ModelJobs;

/// <summary>What a ModelJob asks for. Exactly one of <see cref="Extraction"/> and <see cref="Conversion"/> is
/// there.</summary>
public sealed record ModelJobSpec
{
    /// <summary>The model that is read: <c>[registry/]project/model:tag[@digest]</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Where a conversion pushes its result; an extraction needs none, because it describes the model where
    /// it is.</summary>
    public string? DesiredTag { get; init; }

    /// <summary>Environment of the task, appended to ours. MODELJOB_TASK_CPU and MODELJOB_TASK_MEM size the
    /// pod.</summary>
    public IReadOnlyList<V1EnvVar>? Env { get; init; }

    /// <summary>Containers that run before the task (the singular name is upstream's).</summary>
    public IReadOnlyList<V1Container>? InitContainer { get; init; }

    public ExtractionSource? Extraction { get; init; }

    public ConversionSource? Conversion { get; init; }
}

/// <summary>Reads the signature of a model.</summary>
/// <param name="Format">A name of <see cref="ModelFormat.All"/>.</param>
public sealed record ExtractionSource(string Format);

/// <summary>Makes a model of another format. <c>mmdnn</c> is upstream's name of the one way to convert.</summary>
public sealed record ConversionSource(FormatPair? Mmdnn);

/// <summary>From which format to which, by names of <see cref="ModelFormat.All"/>.</summary>
public sealed record FormatPair(string From, string To);
