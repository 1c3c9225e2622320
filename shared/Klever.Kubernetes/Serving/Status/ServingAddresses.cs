using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving.Intents;
using Klever.Kubernetes.Serving.Servers;
using Klever.Models;

namespace Klever.Kubernetes.Serving.Status;

/// <summary>Where the predictors of a serving are asked, from the object as it is stored.</summary>
public static class ServingAddresses
{
    /// <param name="serving">The SeldonDeployment.</param>
    /// <param name="signatures">By name of the predictor; one may be missing.</param>
    /// <param name="options">For the servers and the gateway.</param>
    public static IReadOnlyList<ServingEndpoint> Of(
        JsonObject serving, IReadOnlyDictionary<string, Signature> signatures, ServingOptions options)
    {
        var (space, name) = (Text(serving["metadata"]?["namespace"]) ?? "", Text(serving["metadata"]?["name"]) ?? "");
        var isRouted = ServingIntent.IsRouted(serving);
        var prefix = isRouted ? $"{options.Routing.Prefix}/{space}/{name}" : $"/seldon/{space}/{name}";
        var endpoints = new List<ServingEndpoint>();
        foreach (var predictor in (serving["spec"]?["predictors"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var predictorName = Text(predictor["name"]) ?? "";
            var server = Text(predictor["annotations"]?[ServingAnnotations.Server]) is { } profile
                ? options.Servers.FirstOrDefault(s => s.Name == profile)
                : null;
            var path = server?.InferencePath.Replace("{name}", name, StringComparison.Ordinal) ?? "/";
            var signature = signatures.GetValueOrDefault(predictorName);
            endpoints.Add(new ServingEndpoint(
                predictorName,
                server?.Protocol,
                options.GatewayAddress is { } gateway ? new Uri(gateway, prefix + path).ToString() : null,
                $"http://{name}-{predictorName}.{space}:{Port(predictor)}{path}",
                server is null || signature is null ? null : ExampleRequest.Of(server.Protocol, signature))
            {
                Headers = ServingIntent.HeadersOf(serving, predictorName),
            });
        }

        return endpoints;
    }

    private static string Port(JsonObject predictor)
    {
        var ports = predictor["componentSpecs"]?[0]?["spec"]?["containers"]?[0]?["ports"] as JsonArray ?? [];
        var http = ports.FirstOrDefault(p => Text(p?["name"]) == "http") ?? ports.FirstOrDefault();
        return http?["containerPort"]?.ToJsonString() ?? "8000";
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
