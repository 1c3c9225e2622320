using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Routing;

/// <summary>The route of a plan, by the kind that the cluster has.</summary>
public static class RouteRenderer
{
    /// <summary>The label that every route of ours has, with <see cref="Manager"/>.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    public const string Manager = "klever";

    /// <returns>Null when the plan has no routing by header.</returns>
    /// <exception cref="ServingException">It has, but there is nothing to carry it out.</exception>
    public static JsonObject? Render(ServingPlan plan, RoutingOptions options) => options.Kind switch
    {
        RouteKind.VirtualService => VirtualServiceRenderer.Render(plan, options),
        RouteKind.HttpRoute => HttpRouteRenderer.Render(plan, options),
        _ when plan.Routing is null => null,
        _ => throw new ServingException(
            ServingProblems.FieldInvalid, "spec.defaultPredictor",
            "requests are not routed by header here; leave out trafficMatchs, or ask an administrator for Istio's routes."),
    };

    /// <summary>The name of the route of a serving.</summary>
    public static string NameOf(string serving) => $"{serving}-headers";
}
