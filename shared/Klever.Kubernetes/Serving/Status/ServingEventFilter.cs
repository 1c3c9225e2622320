using System.Text.Json.Nodes;
using k8s.Models;

namespace Klever.Kubernetes.Serving.Status;

/// <summary>Which events of a namespace are about a serving: about the SeldonDeployment, its Deployments, and what those
/// make.</summary>
public sealed class ServingEventFilter
{
    private readonly string _serving;
    private readonly HashSet<string> _pods;
    private readonly List<string> _deployments;

    /// <param name="serving">The SeldonDeployment.</param>
    /// <param name="pods">Its pods.</param>
    public ServingEventFilter(JsonObject serving, IEnumerable<V1Pod> pods)
    {
        _serving = (string?)serving["metadata"]?["name"] ?? "";
        _pods = [.. pods.Select(p => p.Metadata.Name)];
        // Seldon's own names, which it hashes when they grow long; its status has those.
        _deployments =
        [
            .. (serving["status"]?["deploymentStatus"] as JsonObject ?? []).Select(d => d.Key),
            .. (serving["spec"]?["predictors"] as JsonArray ?? [])
                .Select(p => (string?)p?["name"]).Select(p => $"{_serving}-{p}-0-{p}"),
        ];
    }

    public bool IsAbout(V1ObjectReference? item) => item switch
    {
        null => false,
        { Kind: "SeldonDeployment" } => item.Name == _serving,
        { Kind: "Pod" } when _pods.Contains(item.Name) => true,
        { Kind: "Pod" or "ReplicaSet" } => _deployments.Any(d => item.Name.StartsWith(d + "-", StringComparison.Ordinal)),
        { Kind: "Deployment" or "HorizontalPodAutoscaler" } => _deployments.Contains(item.Name),
        _ => false,
    };
}
