using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Functions.Cluster;

/// <summary>What the cluster noted about a ModelJob or a serving: the Events of the object, and of the Job and pods made for it,
/// because what matters (an image that cannot be pulled, no room on any node) is said of those.</summary>
internal sealed class ObjectEvents(ClusterClient cluster)
{
    /// <summary>Pods whose Events are read at most, newest first.</summary>
    private const int MaximumPods = 20;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> OfAsync(Owner owner, CancellationToken cancellationToken)
    {
        string[] kinds = owner.Kind == ModelJobResource.Kind ? [owner.Kind, ResourceKinds.Job.Kind] : [owner.Kind];
        var events = new List<Corev1Event>(await AboutAsync(owner.Namespace, owner.Name, kinds, cancellationToken));
        var label = owner.Kind == ModelJobResource.Kind ? ModelJobResource.NameLabel : PodOwners.ServingLabel;
        var pods = await cluster.Pods.ListAsync(
            owner.Namespace, new ListQuery { LabelSelector = $"{label}={owner.Name}" }, cancellationToken);
        foreach (var pod in pods.Items.OrderByDescending(pod => pod.Metadata.CreationTimestamp).Take(MaximumPods))
        {
            events.AddRange(await AboutAsync(owner.Namespace, pod.Metadata.Name, [ResourceKinds.Pod.Kind], cancellationToken));
        }

        return [.. events.OrderBy(Time).Select(View)];
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
