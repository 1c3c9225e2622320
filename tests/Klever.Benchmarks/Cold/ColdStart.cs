using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Klever.Benchmarks.Cold;

/// <summary>One start of harbor-push: a process, and a push event posted to it as soon as it listens.</summary>
/// <param name="Listening">From the start of the process until it takes a connection.</param>
/// <param name="Accepted">From the start of the process until the event is answered with success.</param>
/// <param name="Processor">Processor time until then: what an idle machine could not go below.</param>
/// <param name="Resident">Bytes that it holds then.</param>
internal sealed record ColdStart(TimeSpan Listening, TimeSpan Accepted, TimeSpan Processor, long Resident)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<ColdStart> MeasureAsync(string program, IReadOnlyDictionary<string, string> environment, Func<HttpContent> push, string authorization)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["PORT"] = $"{port}";
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            await ListeningAsync(port, watch);
            var listening = watch.Elapsed;
            using var client = new HttpClient();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
            using var response = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/webhook"), push());
            var accepted = watch.Elapsed;
            process.Refresh();
            return response.StatusCode == HttpStatusCode.NoContent
                ? new ColdStart(listening, accepted, process.TotalProcessorTime, process.WorkingSet64)
                : throw new InvalidOperationException($"{program} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
        finally
        {
            process.Kill();
            await output;
        }
    }

    // A millisecond between tries: more would be part of the figure, none would take the processor from what is measured.
    private static async Task ListeningAsync(int port, Stopwatch watch)
    {
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (watch.Elapsed < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1));
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
