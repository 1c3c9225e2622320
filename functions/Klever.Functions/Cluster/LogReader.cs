using k8s.Models;
using Klever.Kubernetes.Cluster;

namespace Klever.Functions.Cluster;

/// <summary>Reads the log of a container in the cluster.</summary>
internal sealed class LogReader(ClusterClient cluster)
{
    private readonly LogLimits _limits = LogLimits.Default;

    public async Task<LogDetails> ReadAsync(
        V1Pod pod, string? container, bool previous, LogSelection selection, CancellationToken cancellationToken)
    {
        var name = Container(pod, container);
        var log = await LoadAsync(pod, Query(name, previous, selection), selection.LogFilePosition, cancellationToken);
        var isInitContainer = pod.Spec.InitContainers?.Any(initial => initial.Name == name) == true;
        return LogDetails.Of(pod.Metadata.Name, name, isInitContainer, log, selection);
    }

    /// <summary>The log as it grows, from its newest lines or its beginning.</summary>
    public Task<Stream> FollowAsync(
        V1Pod pod, string? container, bool previous, string? position, CancellationToken cancellationToken)
    {
        var query = new PodLogQuery
        {
            Container = Container(pod, container),
            Previous = previous,
            Follow = true,
            TailLines = position == LogSelection.Beginning ? null : (int)-LogSelection.Default.OffsetFrom + 1,
            LimitBytes = null,
        };
        return cluster.Logs.OpenAsync(pod.Metadata.NamespaceProperty, pod.Metadata.Name, query, cancellationToken);
    }

    private async Task<LoadedLog> LoadAsync(V1Pod pod, PodLogQuery query, string position, CancellationToken cancellationToken)
    {
        try
        {
            await using var log = await cluster.Logs.OpenAsync(
                pod.Metadata.NamespaceProperty, pod.Metadata.Name, query, cancellationToken);
            return await LoadedLog.ReadAsync(log, position, _limits, cancellationToken);
        }
        catch (ClusterException exception)
            when (exception is { Status: StatusCodes.Status400BadRequest, ServerMessage: { Length: > 0 } message })
        {
            // A container that is not there, or has not begun: Klever Model Registry shows this in the place of the log.
            return LoadedLog.Of(message);
        }
    }

    private PodLogQuery Query(string container, bool previous, LogSelection selection)
    {
        var isFromBeginning = selection.LogFilePosition == LogSelection.Beginning;
        return new PodLogQuery
        {
            Container = container,
            Previous = previous,
            Timestamps = true,
            TailLines = isFromBeginning ? null : _limits.Lines,
            LimitBytes = isFromBeginning ? _limits.Bytes : null,
        };
    }

    private static string Container(V1Pod pod, string? asked) =>
        string.IsNullOrEmpty(asked) ? pod.Spec.Containers.FirstOrDefault()?.Name ?? "" : asked;
}
