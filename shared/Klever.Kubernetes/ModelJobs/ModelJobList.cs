using k8s.Models;

namespace Klever.Kubernetes.ModelJobs;

/// <summary>One page of ModelJobs; <c>metadata.continue</c> leads to the next.</summary>
public sealed record ModelJobList
{
    public string ApiVersion { get; init; } = ModelJobResource.ApiVersion;

    public string Kind { get; init; } = ModelJobResource.Kind + "List";

    public V1ListMeta Metadata { get; init; } = new();

    public IReadOnlyList<ModelJob> Items { get; init; } = [];
}
