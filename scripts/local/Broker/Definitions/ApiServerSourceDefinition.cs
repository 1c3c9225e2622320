using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Broker.Definitions;

/// <summary>An ApiServerSource in mode Resource: changes of which objects of its namespace become events (sources.knative.dev/v1).</summary>
/// <param name="Account">The service account that its adapter reads with.</param>
/// <param name="Sink">The broker; it may be that of another namespace.</param>
internal sealed record ApiServerSourceDefinition(
    string Namespace, string Name, string Account, IReadOnlyList<WatchedResource> Resources, SubscriberReference Sink)
{
    public static ApiServerSourceDefinition Read(JsonObject source)
    {
        if (source.Text("spec", "mode") != "Resource" || source.At("spec", "namespaceSelector") is not null)
        {
            throw new FormatException($"ApiServerSource {source.Name()}: only spec.mode Resource without a namespaceSelector is played here.");
        }

        return new ApiServerSourceDefinition(
            source.Namespace(),
            source.Name(),
            source.Text("spec", "serviceAccountName") ?? "default",
            [.. source.Objects("spec", "resources").Select(WatchedResource.Read)],
            SubscriberReference.Read(source, "spec", "sink"));
    }
}
