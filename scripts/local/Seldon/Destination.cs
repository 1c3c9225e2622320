using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Seldon;

/// <summary>Where a request goes.</summary>
/// <param name="Namespace">Of the Service.</param>
/// <param name="Service"><c>&lt;serving&gt;-&lt;predictor&gt;</c>.</param>
/// <param name="Port">Of its pods.</param>
/// <param name="Path">What is asked for there.</param>
internal sealed record Destination(string Namespace, string Service, int Port, string Path)
{
    /// <summary>What a route of a namespace names; null when it names no Service with a port.</summary>
    public static Destination? Of(JsonObject route, string? service, long? port, string path) =>
        service is not null && port is not null ? new Destination(route.Namespace(), service, (int)port, path) : null;
}
