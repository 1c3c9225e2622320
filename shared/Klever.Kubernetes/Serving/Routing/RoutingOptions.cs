namespace Klever.Kubernetes.Serving.Routing;

/// <summary>Where requests for servings with header routing come in.</summary>
public sealed record RoutingOptions
{
    /// <summary>Istio: <c>namespace/name</c> of the Gateway. Gateway API: the same of its Gateway.</summary>
    public string Gateway { get; init; } = "istio-system/seldon-gateway";

    /// <summary>First segment of the path. Not Seldon's own: it routes <c>/seldon/…</c> by weight, and which of two
    /// routes for one
    /// path wins is not defined.</summary>
    public string Prefix { get; init; } = "/klever";
}
