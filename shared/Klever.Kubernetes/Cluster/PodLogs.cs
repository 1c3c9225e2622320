using System.Text;
using Klever.Models;

namespace Klever.Kubernetes.Cluster;

/// <summary>The logs of pods.</summary>
public sealed class PodLogs
{
    private readonly ClusterTransport _transport;
    private readonly ResourceKind _pods;

    internal PodLogs(ClusterTransport transport, ResourceKind pods)
    {
        _transport = transport;
        _pods = pods;
    }

    /// <summary>The text of a log, at most <see cref="PodLogQuery.LimitBytes"/> long; bytes that are no UTF-8 become
    /// U+FFFD.</summary>
    public async Task<string> ReadAsync(
        string namespaceName, string pod, PodLogQuery query, CancellationToken cancellationToken = default)
    {
        var limit = query.LimitBytes ?? PodLogQuery.DefaultLimitBytes;
        return Encoding.UTF8.GetString(await _transport.ReadTextAsync(Path(namespaceName, pod, query), limit, cancellationToken));
    }

    /// <summary>The bytes of a log as they come; the caller disposes the stream, and reads no more of it than it can hold.</summary>
    public Task<Stream> OpenAsync(
        string namespaceName, string pod, PodLogQuery query, CancellationToken cancellationToken = default) =>
        _transport.OpenAsync(Path(namespaceName, pod, query), cancellationToken);

    /// <summary>The last line, where a Job puts a report that is too long for its termination message; null when there
    /// is none.</summary>
    public async Task<string?> ReadLastLineAsync(
        string namespaceName, string pod, string container, CancellationToken cancellationToken = default)
    {
        var query = new PodLogQuery { Container = container, TailLines = 1, LimitBytes = TerminationMessage.MaximumReportBytes };
        var text = (await ReadAsync(namespaceName, pod, query, cancellationToken)).TrimEnd('\r', '\n');
        return text.Length == 0 ? null : text[(text.LastIndexOf('\n') + 1)..];
    }

    private string Path(string namespaceName, string pod, PodLogQuery query) =>
        _pods.Path(namespaceName, pod) + "/log" + query.ToQueryString();
}
