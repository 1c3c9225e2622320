using Klever.Kubernetes.ModelJobs;

namespace Klever.Kubernetes.Cluster;

/// <summary>The kinds that Klever reads or writes.</summary>
public static class ResourceKinds
{
    public static readonly ResourceKind ModelJob =
        new(ModelJobResource.Group, ModelJobResource.Version, ModelJobResource.Kind, ModelJobResource.Plural);

    public static readonly ResourceKind Job = new("batch", "v1", "Job", "jobs");
    public static readonly ResourceKind Pod = new("", "v1", "Pod", "pods");
    public static readonly ResourceKind Event = new("", "v1", "Event", "events");
    public static readonly ResourceKind Secret = new("", "v1", "Secret", "secrets");
    public static readonly ResourceKind SeldonDeployment =
        new("machinelearning.seldon.io", "v1", "SeldonDeployment", "seldondeployments");

    public static readonly ResourceKind VirtualService =
        new("networking.istio.io", "v1", "VirtualService", "virtualservices");

    public static readonly ResourceKind HttpRoute = new("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes");
}
