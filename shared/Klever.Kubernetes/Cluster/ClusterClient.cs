using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Kubernetes.Cluster;

/// <summary>The cluster as Klever sees it: one property for each kind it touches.</summary>
/// <remarks>Configuration, TLS and credentials are those of the official client; the requests are our own, because its
/// Native AOT
/// build has no typed access to custom resources and keeps the server's <c>Status</c> object out of its
/// exceptions.</remarks>
public sealed class ClusterClient : IDisposable
{
    private readonly ClusterTransport _transport;

    public ClusterClient(ClusterOptions options, TimeProvider? clock = null)
    {
        _transport = new ClusterTransport(
            new ClusterConnection(options.ToConfiguration()), options.Timeout, clock ?? TimeProvider.System);
        ModelJobs = new(_transport, ResourceKinds.ModelJob);
        Jobs = new(_transport, ResourceKinds.Job);
        Pods = new(_transport, ResourceKinds.Pod);
        Events = new(_transport, ResourceKinds.Event);
        Secrets = new(_transport, ResourceKinds.Secret);
        SeldonDeployments = new(_transport, ResourceKinds.SeldonDeployment);
        VirtualServices = new(_transport, ResourceKinds.VirtualService);
        HttpRoutes = new(_transport, ResourceKinds.HttpRoute);
        Logs = new(_transport, ResourceKinds.Pod);
    }

    public ClusterResource<ModelJob> ModelJobs { get; }

    public ClusterResource<V1Job> Jobs { get; }

    public ClusterResource<V1Pod> Pods { get; }

    public ClusterResource<Corev1Event> Events { get; }

    /// <summary>Only those that the pods of Jobs and servings log in with are touched.</summary>
    public ClusterResource<V1Secret> Secrets { get; }

    /// <summary>SeldonDeployments stay JSON: the CRD is large, preserves unknown fields, and only the renderer knows
    /// its shape.</summary>
    public ClusterResource<JsonObject> SeldonDeployments { get; }

    /// <summary>Routes of Istio.</summary>
    public ClusterResource<JsonObject> VirtualServices { get; }

    /// <summary>Routes of the Gateway API.</summary>
    public ClusterResource<JsonObject> HttpRoutes { get; }

    public PodLogs Logs { get; }

    /// <summary>The pods of a Job, newest first.</summary>
    public async Task<IReadOnlyList<V1Pod>> PodsOfJobAsync(
        string namespaceName, string job, CancellationToken cancellationToken = default)
    {
        var query = new ListQuery { LabelSelector = $"batch.kubernetes.io/job-name={job}" };
        var page = await Pods.ListAsync(namespaceName, query, cancellationToken);
        return [.. page.Items.OrderByDescending(p => p.Metadata.CreationTimestamp)];
    }

    public void Dispose() => _transport.Dispose();
}
