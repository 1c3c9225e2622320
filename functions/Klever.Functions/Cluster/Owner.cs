using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Kubernetes.Serving;

namespace Klever.Functions.Cluster;

/// <summary>The ModelJob or serving that a pod belongs to.</summary>
internal sealed record Owner(string Kind, string Namespace, string Name)
{
    /// <summary>Null for a pod that is neither of a Job that carries the name of its ModelJob nor of a serving.</summary>
    public static Owner? Of(V1Pod pod)
    {
        var labels = pod.Metadata.Labels ?? new Dictionary<string, string>();
        var space = pod.Metadata.NamespaceProperty ?? "";
        return labels.TryGetValue(ModelJobResource.NameLabel, out var modelJob) && IsOwnedBy(pod, ResourceKinds.Job.Kind, modelJob)
                ? new Owner(ModelJobResource.Kind, space, modelJob)
            : labels.TryGetValue(ServingLabels.Serving, out var serving)
                ? new Owner(ResourceKinds.SeldonDeployment.Kind, space, serving)
            : null;
    }

    private static bool IsOwnedBy(V1Pod pod, string kind, string name) =>
        pod.Metadata.OwnerReferences?.Any(owner => owner.Controller == true && owner.Kind == kind && owner.Name == name) == true;
}
