using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Broker.Definitions;

/// <summary>A Destination (duck.knative.dev/v1): a Service or Broker by name, with a path below it, or a URL.</summary>
internal sealed record SubscriberReference(string? Kind, string? Name, string? Path, Uri? Uri)
{
    public static SubscriberReference Read(JsonNode? source, string place) => ReadOptional(source)
        ?? throw new FormatException($"{place}: expected ref with kind and name, or uri.");

    public static SubscriberReference? ReadOptional(JsonNode? source)
    {
        var uri = source.Text("uri");
        var name = source.Text("ref", "name");
        return name is not null ? new SubscriberReference(source.Text("ref", "kind"), name, uri, Uri: null)
            : System.Uri.TryCreate(uri, UriKind.Absolute, out var absolute) ? new SubscriberReference(null, null, null, absolute)
            : null;
    }

    public override string ToString() => Uri?.ToString() ?? $"{Name}{Path}";
}
