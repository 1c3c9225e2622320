using System.Text.Json.Serialization;
using k8s.Models;

namespace Klever.Kubernetes.ModelJobs;

/// <summary>One extraction or conversion of a model: custom resource <c>kleveross.io/v1alpha1</c>, as in Klever Model
/// Registry.</summary>
/// <remarks>Only the status is ever written back, so fields of the spec that these types do not know survive in the
/// cluster.</remarks>
public sealed record ModelJob
{
    // Generated JSON code sets every init property, to null where the text has none; hence the defaults in the
    // accessors.
    public string ApiVersion { get; init => field = value ?? ModelJobResource.ApiVersion; } = ModelJobResource.ApiVersion;

    public string Kind { get; init => field = value ?? ModelJobResource.Kind; } = ModelJobResource.Kind;

    public required V1ObjectMeta Metadata { get; init; }

    public required ModelJobSpec Spec { get; init; }

    /// <summary>Null until something has looked at the ModelJob for the first time.</summary>
    public ModelJobStatus? Status { get; init; }

    [JsonIgnore]
    public string Name => Metadata.Name ?? "";

    [JsonIgnore]
    public string Namespace => Metadata.NamespaceProperty ?? "";

    /// <summary>Whether it ended; a status that ended is never changed again.</summary>
    [JsonIgnore]
    public bool IsFinished => ModelJobPhases.IsFinal(Status?.Phase);
}
