using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Functions.Cluster;

/// <summary>What the cluster noted about a ModelJob: the Events of the object, and of the Job and pods made for it, because what
/// matters (an image that cannot be pulled, no room on any node) is said of those.</summary>
internal sealed class ModelJobEvents(ClusterClient cluster)
{
    /// <summary>Pods whose Events are read at most, newest first.</summary>
    private const int MaximumPods = 20;

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> OfAsync(string namespaceName, string name, CancellationToken cancellationToken)
    {
        var events = new List<Corev1Event>(
            await AboutAsync(namespaceName, name, [ModelJobResource.Kind, ResourceKinds.Job.Kind], cancellationToken));
        var query = new ListQuery { LabelSelector = $"{ModelJobResource.NameLabel}={name}" };
        var pods = await cluster.Pods.ListAsync(namespaceName, query, cancellationToken);
        foreach (var pod in pods.Items.OrderByDescending(pod => pod.Metadata.CreationTimestamp).Take(MaximumPods))
        {
            events.AddRange(await AboutAsync(namespaceName, pod.Metadata.Name, [ResourceKinds.Pod.Kind], cancellationToken));
        }

        return [.. events.OrderByDescending(Time).Select(View)];
    }

    private async Task<IEnumerable<Corev1Event>> AboutAsync(
        string namespaceName, string name, string[] kinds, CancellationToken cancellationToken)
    {
        var page = await cluster.Events.ListAsync(
            namespaceName, new ListQuery { FieldSelector = $"involvedObject.name={name}" }, cancellationToken);
        return page.Items.Where(item => kinds.Contains(item.InvolvedObject?.Kind));
    }

    private static DateTime Time(Corev1Event item) =>
        item.LastTimestamp ?? item.EventTime ?? item.Metadata.CreationTimestamp ?? DateTime.MinValue;

    private static JsonNode View(Corev1Event item)
    {
        var shown = ClusterJson.ToJsonObject(item);
        (shown["metadata"] as JsonObject)?.Remove("managedFields");
        return shown;
    }
}
