using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Broker.Definitions;

/// <summary>One kind of object that an ApiServerSource watches.</summary>
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
