using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Broker.Definitions;

/// <summary>An ApiServerSource in mode Resource: changes of which objects become events (sources.knative.dev/v1).</summary>
internal sealed record ApiServerSourceDefinition(string Name, IReadOnlyList<WatchedResource> Resources, SubscriberReference Sink)
{
    public static ApiServerSourceDefinition Read(JsonObject source) => source.Text("spec", "mode") == "Resource"
        ? new ApiServerSourceDefinition(
            source.Name(),
            [.. source.Objects("spec", "resources").Select(WatchedResource.Read)],
            SubscriberReference.Read(source.At("spec", "sink"), $"ApiServerSource {source.Name()}, spec.sink"))
        : throw new FormatException($"ApiServerSource {source.Name()}: only spec.mode Resource is played here.");
}

/// <param name="Selector">A label selector as the API takes it; null for all objects.</param>
internal sealed record WatchedResource(string ApiVersion, string Kind, string? Selector)
{
    public static WatchedResource Read(JsonObject source) => new(
        source.Text("apiVersion") ?? throw new FormatException("an ApiServerSource names a resource without apiVersion."),
        source.Text("kind") ?? throw new FormatException("an ApiServerSource names a resource without kind."),
        source.Map("selector", "matchLabels") is { Count: > 0 } labels
            ? string.Join(',', labels.Select(pair => $"{pair.Key}={pair.Value}"))
            : null);
}
