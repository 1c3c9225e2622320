using k8s;

namespace Klever.Kubernetes.Cluster;

/// <summary>How to reach the API server. Nothing set means the cluster that the process runs in.</summary>
public sealed record ClusterOptions
{
    /// <summary>The API server itself, without credentials: for the local platform. Environment:
    /// KUBERNETES_API.</summary>
    public Uri? Api { get; init; }

    /// <summary>A kubeconfig file. Environment: KUBECONFIG.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Longest time for one request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads the two variables.</summary>
    public static ClusterOptions FromEnvironment(Func<string, string?> variable) => new()
    {
        Api = variable("KUBERNETES_API") is { Length: > 0 } api ? ParseApi(api) : null,
        Kubeconfig = variable("KUBECONFIG") is { Length: > 0 } path ? path : null,
    };

    internal KubernetesClientConfiguration ToConfiguration()
    {
        if (Api is not null)
        {
            return new KubernetesClientConfiguration { Host = Api.ToString() };
        }

        if (Kubeconfig is not null)
        {
            return KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(Kubeconfig));
        }

        if (KubernetesClientConfiguration.IsInCluster())
        {
            return KubernetesClientConfiguration.InClusterConfig();
        }

        var file = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
        return File.Exists(file)
            ? KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(file))
            : throw new ClusterException(
                ClusterFailure.Unexpected,
                "no Kubernetes API server is configured: set KUBERNETES_API or KUBECONFIG, or run in a pod that has a "
                + "service account.");
    }

    private static Uri ParseApi(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")
            ? uri
            : throw new FormatException($"KUBERNETES_API \"{text}\" is not an http or https URL.");
}
