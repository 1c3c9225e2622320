using System.Net.Sockets;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>Asks a container whether it is ready, as kubelet does but more often: people wait for it here. Startup and liveness
/// probes are not carried out; nothing on one machine restarts what is slow.</summary>
internal sealed class ReadinessProbe
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PeriodWhenReady = TimeSpan.FromSeconds(1);
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
    private readonly string _host;
    private readonly int _port;
    private readonly string? _path;

    private ReadinessProbe(string host, int port, string? path) => (_host, _port, _path) = (host, port, path);

    /// <summary>The probe of a container; null when it has none that is carried out here.</summary>
    public static ReadinessProbe? Of(JsonObject container, string address)
    {
        var probe = container.At("readinessProbe");
        return (probe.Number("httpGet", "port") ?? probe.Number("tcpSocket", "port")) is { } port
            ? new ReadinessProbe(address, (int)port, probe.At("httpGet") is null ? null : probe.Text("httpGet", "path") ?? "/")
            : null;
    }

    /// <summary>Asks until it is stopped, and tells each change of the answer.</summary>
    public async Task WatchAsync(Action<bool> tell, CancellationToken stopping)
    {
        var isReady = false;
        while (!stopping.IsCancellationRequested)
        {
            if (await AskAsync(stopping) is var answer && answer != isReady)
            {
                isReady = answer;
                tell(answer);
            }

            await Task.Delay(isReady ? PeriodWhenReady : Period, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> AskAsync(CancellationToken stopping)
    {
        try
        {
            if (_path is not null)
            {
                using var response = await Client.GetAsync(new Uri($"http://{_host}:{_port}{_path}"), stopping);
                return (int)response.StatusCode is >= 200 and < 400;
            }

            using var socket = new TcpClient();
            await socket.ConnectAsync(_host, _port, stopping);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
