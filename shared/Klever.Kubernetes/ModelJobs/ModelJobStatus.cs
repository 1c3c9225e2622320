using System.Text.Json.Serialization;
using k8s.Models;
using Klever.Models;

namespace Klever.Kubernetes.ModelJobs;

/// <summary>What became of a ModelJob: upstream's phase and message, and beside them what a program can act
/// on.</summary>
public sealed record ModelJobStatus
{
    // Generated JSON code sets every init property, to null where the text has none; hence the defaults in the
    // accessors.

    /// <summary>One of <see cref="ModelJobPhases"/>.</summary>
    public string Phase { get; init => field = value ?? ModelJobPhases.New; } = ModelJobPhases.New;

    /// <summary>A sentence for people: what happened and what to do about it.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>The generation of the spec that this status speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>At most one: <see cref="ModelJobConditions.Succeeded"/>, with a reason of
    /// <see cref="ModelJobReasons"/>.</summary>
    public IReadOnlyList<V1Condition>? Conditions { get; init; }

    /// <summary>The manifest that the Job reads.</summary>
    public ModelJobSource? Source { get; init; }

    /// <summary>The manifest that came of it; absent when nothing was written.</summary>
    public ModelJobResult? Result { get; init; }

    public DateTime? StartTime { get; init; }

    public DateTime? CompletionTime { get; init; }

    /// <summary>The manifest whose ormbfile holds the signature, once it was written there: every other tag of what was
    /// read may follow to it. Null before that, and where the signature is attached or the result was
    /// dropped.</summary>
    [JsonIgnore]
    public Digest? WrittenManifest =>
        Phase == ModelJobPhases.Succeeded
        && Conditions?.Any(c => c is { Type: ModelJobConditions.Succeeded, Reason: ModelJobReasons.SignatureWritten }) == true
        && Digest.TryParse(Result?.Digest, out var digest)
            ? digest
            : null;
}

/// <param name="Digest">Digest of the manifest that the model's tag named when the Job was made.</param>
public sealed record ModelJobSource(string? Digest);

/// <param name="Reference">Where the result is: the model itself, a converted model, or the signature attached to the
/// model.</param>
/// <param name="Digest">Digest of the manifest there.</param>
public sealed record ModelJobResult(string? Reference, string? Digest);
