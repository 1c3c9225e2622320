using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Seldon;

/// <summary>Where a request of the gateway goes: <c>/seldon/&lt;namespace&gt;/&lt;serving&gt;/…</c> by the shares of the predictors, and
/// other paths by what VirtualServices and HTTPRoutes say.</summary>
internal sealed class GatewayRoutes(ApiObjects objects)
{
    private const string SeldonPrefix = "/seldon/";
    private readonly VirtualServiceRoutes _virtualServices = new(objects);
    private readonly HttpRoutes _httpRoutes = new(objects);

    /// <returns>Null when nothing matches.</returns>
    public Destination? Find(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        return path.StartsWith(SeldonPrefix, StringComparison.Ordinal)
            ? ByShare(path)
            : _virtualServices.Find(path, request.Headers) ?? _httpRoutes.Find(path, request.Headers);
    }

    /// <summary>The address of a ready pod behind a destination; null when there is none.</summary>
    public string? PodAddress(Destination destination)
    {
        var pods = objects.List(BuiltInTypes.Pods, destination.Namespace).Items
            .Where(p => p.Text("metadata", "labels", SeldonPods.PredictorLabel) == destination.Service && SeldonStatus.IsReady(p))
            .ToList();
        return pods.Count == 0 ? null : pods[Random.Shared.Next(pods.Count)].Text("status", "podIP");
    }

    private Destination? ByShare(string path)
    {
        var parts = path[SeldonPrefix.Length..].Split('/', 3);
        var type = objects.Types.FindKind("machinelearning.seldon.io/v1", "SeldonDeployment");
        return parts.Length >= 2 && type is not null && objects.Find(type, parts[0], parts[1]) is { } serving
            && Pick([.. serving.Objects("spec", "predictors").Where(p => !p.Flag("shadow"))]) is { } predictor
                ? new Destination(parts[0], SeldonPods.Service(serving, predictor), Port(predictor), "/" + (parts.Length > 2 ? parts[2] : ""))
                : null;
    }

    private static JsonObject? Pick(IReadOnlyList<JsonObject> predictors)
    {
        var drawn = Random.Shared.Next(100);
        foreach (var predictor in predictors.SkipLast(1))
        {
            drawn -= (int)(predictor.Number("traffic") ?? 0);
            if (drawn < 0)
            {
                return predictor;
            }
        }

        return predictors is [.., var last] ? last : null;
    }

    private static int Port(JsonObject predictor)
    {
        var ports = predictor.Objects("componentSpecs").SelectMany(c => c.Objects("spec", "containers")).SelectMany(c => c.Objects("ports")).ToList();
        return (int)((ports.Find(p => p.Text("name") == "http") ?? ports.FirstOrDefault()).Number("containerPort") ?? 8000);
    }
}
