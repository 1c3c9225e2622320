using System.Text.Json;
using Klever.Kubernetes.Serving.Requests;

namespace Klever.Kubernetes.Serving;

/// <summary>Whether a container asks for a GPU: a limit above zero on a resource that is one.</summary>
internal static class GpuRule
{
    public static bool HasGpu(JsonField limits, ServingOptions options) =>
        (limits.AsObject() ?? []).Any(limit => IsGpu(limit.Key, options) && IsPositive(limits[limit.Key]));

    // nvidia.com/* covers MIG slices (nvidia.com/mig-1g.5gb), */gpu the other vendors.
    private static bool IsGpu(string resource, ServingOptions options) =>
        resource.StartsWith("nvidia.com/", StringComparison.Ordinal)
        || resource.EndsWith("/gpu", StringComparison.Ordinal)
        || options.GpuResources.Contains(resource);

    private static bool IsPositive(JsonField amount) =>
        amount.Node?.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && amount.Node.ToString().AsSpan().ContainsAnyInRange('1', '9');
}
