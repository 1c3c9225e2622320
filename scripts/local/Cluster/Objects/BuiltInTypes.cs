namespace Klever.Local.Cluster.Objects;

/// <summary>The kinds that are there without a CustomResourceDefinition.</summary>
/// <remarks>The routes of Istio and of the Gateway API are among them, without a schema: a serving needs them to exist, and nothing
/// on one machine acts on them. A CustomResourceDefinition of the same name takes their place.</remarks>
internal static class BuiltInTypes
{
    public static ResourceType Namespaces { get; } = Core("Namespace", "namespaces", "ns") with { Namespaced = false, HasStatus = true };

    public static ResourceType Pods { get; } = Core("Pod", "pods", "po") with { HasStatus = true, Categories = ["all"] };

    public static ResourceType Events { get; } = Core("Event", "events", "ev");

    public static ResourceType Secrets { get; } = Core("Secret", "secrets");

    public static ResourceType ConfigMaps { get; } = Core("ConfigMap", "configmaps", "cm");

    public static ResourceType Jobs { get; } = new()
    {
        Group = "batch",
        Version = "v1",
        Kind = "Job",
        Plural = "jobs",
        HasStatus = true,
        Categories = ["all"],
    };

    public static ResourceType CustomResourceDefinitions { get; } = new()
    {
        Group = "apiextensions.k8s.io",
        Version = "v1",
        Kind = "CustomResourceDefinition",
        Plural = "customresourcedefinitions",
        ShortNames = ["crd", "crds"],
        Namespaced = false,
        HasStatus = true,
    };

    public static IReadOnlyList<ResourceType> All { get; } =
    [
        Namespaces,
        Pods,
        Events,
        Secrets,
        ConfigMaps,
        Core("Service", "services", "svc") with { HasStatus = true, Categories = ["all"] },
        Core("ServiceAccount", "serviceaccounts", "sa"),
        Jobs,
        CustomResourceDefinitions,
        Route("networking.istio.io", "v1beta1", "VirtualService", "virtualservices", "vs"),
        Route("networking.istio.io", "v1", "VirtualService", "virtualservices", "vs"),
        Route("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes"),
    ];

    private static ResourceType Core(string kind, string plural, params string[] shortNames) =>
        new() { Group = "", Version = "v1", Kind = kind, Plural = plural, ShortNames = shortNames };

    private static ResourceType Route(string group, string version, string kind, string plural, params string[] shortNames) =>
        new() { Group = group, Version = version, Kind = kind, Plural = plural, ShortNames = shortNames, HasStatus = true };
}
