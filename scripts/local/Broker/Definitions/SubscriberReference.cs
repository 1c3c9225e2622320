using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Broker.Definitions;

/// <summary>A Destination (duck.knative.dev/v1): a Service or Broker by name, with a path below it, or a URL.</summary>
/// <param name="Namespace">That of whoever refers to it, when the reference names none.</param>
internal sealed record SubscriberReference(string? Kind, string Namespace, string? Name, string? Path, Uri? Uri)
{
    /// <summary>A Broker as the ingress has it in its path: <c>NAMESPACE/NAME</c>.</summary>
    public string Broker => $"{Namespace}/{Name}";

    /// <param name="owner">The object that refers, for its namespace and for what is said of a mistake.</param>
    /// <param name="path">To the reference, from there.</param>
    public static SubscriberReference Read(JsonObject owner, params ReadOnlySpan<string> path) =>
        ReadOptional(owner.At(path), owner.Namespace())
        ?? throw new FormatException(
            $"{owner.Kind()} {owner.Name()}, {string.Join('.', path)}: expected ref with kind and name, or uri.");

    public static SubscriberReference? ReadOptional(JsonNode? source, string namespaceName)
    {
        var uri = source.Text("uri");
        if (source.At("ref") is { } reference && reference.Text("name") is { } name)
        {
            return new SubscriberReference(reference.Text("kind"), reference.Text("namespace") ?? namespaceName, name, uri, Uri: null);
        }

        return System.Uri.TryCreate(uri, UriKind.Absolute, out var absolute)
            ? new SubscriberReference(Kind: null, namespaceName, Name: null, Path: null, absolute)
            : null;
    }

    public override string ToString() => Uri?.ToString() ?? $"{Name}{Path}";
}
