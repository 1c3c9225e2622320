using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Klever.Functions.Tests.Models;

/// <summary>The program as a process of its own, which can be killed and whose memory can be read.</summary>
internal sealed class FunctionsProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private FunctionsProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>The peak of resident memory so far (VmHWM).</summary>
    public double PeakMegabytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ')[^2], CultureInfo.InvariantCulture) / 1024;
        }
    }

    public static async Task<FunctionsProcess> StartAsync(Uri registry, string state, CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Klever.Functions.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PORT"] = $"{port}",
                ["KLEVER_FUNCTIONS"] = "models",
                ["KLEVER_FACE"] = "public",
                ["KUBERNETES_API"] = "http://127.0.0.1:9",
                ["Klever__Access"] = "Open",
                ["Klever__Registry__Address"] = registry.ToString(),
                ["Klever__State__Path"] = state,
            },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var functions = new FunctionsProcess(process, new Uri($"http://127.0.0.1:{port}/"));
        await functions.WaitAsync(cancellationToken);
        return functions;
    }

    /// <summary>Ends it as a lost node would: at once, and without a word.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < StartTimeout && !_process.HasExited;)
        {
            try
            {
                using var response = await http.GetAsync(new Uri(Address, "health/readiness"), cancellationToken);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, cancellationToken);
            }
        }

        Assert.Fail("the functions do not start");
    }
}
