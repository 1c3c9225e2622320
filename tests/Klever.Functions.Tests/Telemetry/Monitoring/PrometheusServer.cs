using System.Globalization;
using System.Text.Json.Nodes;
using Klever.Local.Platform;
using Klever.Testing;

namespace Klever.Functions.Tests.Telemetry.Monitoring;

/// <summary>A real Prometheus with our rules, which scrapes one process every second as the operator would let it.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);
    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private PrometheusServer(ChildProcess process, Uri address) =>
        (_process, _http) = (process, new HttpClient { BaseAddress = address });

    public static async Task<PrometheusServer> StartAsync(
        TemporaryDirectory directory, int metricsPort, CancellationToken cancellationToken)
    {
        directory.Write("rules.yaml", MonitoringFiles.Rules.ToJsonString());
        var configuration = directory.Write("prometheus.yaml", Configuration(metricsPort).ToJsonString());
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        string[] arguments =
        [
            $"--config.file={configuration}",
            $"--storage.tsdb.path={directory.Combine("data")}",
            $"--web.listen-address={address.Authority}",
        ];
        var process = ChildProcess.Start(
            ExternalProgram.Prometheus.Path, arguments, new Dictionary<string, string>(), directory.Combine("prometheus.log"));
        await process.WaitUntilReadyAsync(new Uri(address, "-/ready"), StartTimeout, cancellationToken);
        return new PrometheusServer(process, address);
    }

    /// <summary>The value of <c>data</c> in the answer of the API, which must be a success.</summary>
    public async Task<JsonNode> AskAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"api/v1/{path}", cancellationToken);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        Assert.True((string)body["status"]! == "success", $"{path}: {body["error"]}");
        return body["data"]!;
    }

    /// <summary>The labels and values of what an expression is now.</summary>
    public async Task<IReadOnlyList<(JsonObject Labels, double Value)>> QueryAsync(string expression, CancellationToken cancellationToken)
    {
        var data = await AskAsync($"query?query={Uri.EscapeDataString(expression)}", cancellationToken);
        return [.. data["result"]!.AsArray().Select(series => (
            series!["metric"]!.AsObject(), double.Parse((string)series["value"]![1]!, CultureInfo.InvariantCulture)))];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private static JsonObject Configuration(int metricsPort) => new()
    {
        ["global"] = new JsonObject { ["scrape_interval"] = "1s", ["evaluation_interval"] = "1s" },
        ["rule_files"] = new JsonArray("rules.yaml"),
        ["scrape_configs"] = new JsonArray(new JsonObject
        {
            ["job_name"] = "klever",
            ["static_configs"] = new JsonArray(new JsonObject
            {
                ["targets"] = new JsonArray("127.0.0.1:8080"),
                ["labels"] = new JsonObject
                {
                    ["namespace"] = "klever",
                    ["pod"] = "functions-0",
                    ["__meta_kubernetes_pod_ip"] = "127.0.0.1",
                },
            }),
            ["relabel_configs"] = MonitoringFiles.RelabelConfigs($"{metricsPort}"),
        }),
    };
}
