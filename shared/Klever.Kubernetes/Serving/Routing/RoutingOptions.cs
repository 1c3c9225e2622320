namespace Klever.Kubernetes.Serving.Routing;

/// <summary>Where requests for servings with header routing come in.</summary>
public sealed record RoutingOptions
{
    public RouteKind Kind { get; init; } = RouteKind.VirtualService;

    /// <summary>Istio: <c>namespace/name</c> of the Gateway. Gateway API: the same of its Gateway.</summary>
    public string Gateway { get; init; } = "istio-system/seldon-gateway";

    /// <summary>First segment of the path. Not Seldon's own: it routes <c>/seldon/…</c> by weight, and which of two
    /// routes for one
    /// path wins is not defined.</summary>
    public string Prefix { get; init; } = "/klever";
}

/// <summary>What carries out routing by header.</summary>
public enum RouteKind
{
    /// <summary>A VirtualService of Istio.</summary>
    VirtualService,

    /// <summary>An HTTPRoute of the Gateway API.</summary>
    HttpRoute,

    /// <summary>Nothing: requests with header rules are refused.</summary>
    None,
}
