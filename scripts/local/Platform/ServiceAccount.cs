using Klever.Local.Cluster.Access;

namespace Klever.Local.Platform;

/// <summary>The identity of a functions process at the cluster: a kubeconfig with the token of its Service's account, so that the
/// Role of <c>knative/</c> holds for it. A process that stands for several Services has none, and may do everything.</summary>
internal static class ServiceAccount
{
    /// <returns>Path of the kubeconfig; null for a process without an account.</returns>
    public static string? WriteKubeconfig(FunctionProcess process, string namespaceName, Uri cluster, string directory)
    {
        if (process.Services.Count != 1)
        {
            return null;
        }

        var path = Path.Combine(directory, $"{process.Name}.kubeconfig");
        File.WriteAllText(path, Kubeconfig(cluster, $"local:{AccessRules.UserName(namespaceName, process.Services[0])}"));
        return path;
    }

    private static string Kubeconfig(Uri cluster, string token) => $"""
        apiVersion: v1
        kind: Config
        current-context: local
        clusters:
          - name: local
            cluster:
              server: "{cluster}"
        contexts:
          - name: local
            context:
              cluster: local
              user: local
        users:
          - name: local
            user:
              token: "{token}"

        """;
}
