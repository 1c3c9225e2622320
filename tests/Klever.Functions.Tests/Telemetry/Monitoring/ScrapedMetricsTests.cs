using System.Text.Json.Nodes;
using Klever.Local.Platform;
using Klever.Testing;

namespace Klever.Functions.Tests.Telemetry.Monitoring;

/// <summary>Dashboard and alerts over what a real Prometheus finds at a real process: each line shows something, nothing is an error,
/// and no name is wrong.</summary>
public sealed class ScrapedMetricsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DashboardAndAlerts_OverAWorkingProcess_FindWhatTheyName()
    {
        ExternalProgram.Prometheus.Require();
        var port = FreePort.Next();
        await using var functions = await MeasuredFunctions.StartAsync(_directory, port);
        await functions.WorkAsync();
        await using var prometheus = await PrometheusServer.StartAsync(_directory, port, Token);

        await Platform.Models.WaitAsync(
            async () => (await MissingAsync(prometheus)).Count == 0,
            () => $"metrics of the dashboard and the alerts; none are {string.Join(", ", MissingAsync(prometheus).Result)}");

        await AssertLinesAsync(prometheus);
        await AssertRulesAsync(prometheus);
    }

    public void Dispose() => _directory.Dispose();

    private static IEnumerable<string> Expressions => MonitoringFiles.Lines.Select(line => line.Expression)
        .Concat(MonitoringFiles.Rules["groups"]![0]!["rules"]!.AsArray().Select(rule => (string)rule!["expr"]!));

    private static async Task<IReadOnlyList<string>> MissingAsync(PrometheusServer prometheus)
    {
        var missing = new List<string>();
        foreach (var metric in Expressions.SelectMany(Selectors.Metrics).Distinct())
        {
            if ((await prometheus.QueryAsync(metric, Token)).Count == 0)
            {
                missing.Add(metric);
            }
        }

        return missing;
    }

    private static async Task AssertLinesAsync(PrometheusServer prometheus)
    {
        foreach (var (title, expression, legend) in MonitoringFiles.Lines)
        {
            var asked = expression.Replace("$namespace", ".*", StringComparison.Ordinal)
                .Replace("$__rate_interval", "1h", StringComparison.Ordinal);
            var shown = await prometheus.QueryAsync(asked, Token);

            Assert.True(shown.Any(series => series.Value > 0), $"{title}: {asked} shows {shown.Count} series, and none above zero.");
            await AssertLabelsAsync(prometheus, expression, Selectors.Labels(expression));
            Assert.All(Selectors.Placeholders(legend), label => Assert.Contains(shown, series => series.Labels.ContainsKey(label)));
        }
    }

    private static async Task AssertRulesAsync(PrometheusServer prometheus)
    {
        await Platform.Models.WaitAsync(
            async () => (await RulesAsync(prometheus)).All(rule => (string)rule["health"]! != "unknown"),
            () => "rules that were evaluated");
        Assert.All(
            await RulesAsync(prometheus),
            rule => Assert.True((string)rule["health"]! == "ok", $"{rule["name"]}: {rule["lastError"]}"));
        foreach (var rule in MonitoringFiles.Rules["groups"]![0]!["rules"]!.AsArray())
        {
            var expression = (string)rule!["expr"]!;
            await AssertLabelsAsync(
                prometheus, expression, Selectors.Labels(expression).Concat(Selectors.Placeholders($"{rule["annotations"]}")));
        }
    }

    private static async Task<IReadOnlyList<JsonNode>> RulesAsync(PrometheusServer prometheus)
    {
        var groups = (await prometheus.AskAsync("rules", Token))["groups"]!.AsArray();
        return [.. groups.SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!)];
    }

    private static async Task AssertLabelsAsync(PrometheusServer prometheus, string expression, IEnumerable<string> labels)
    {
        foreach (var metric in Selectors.Metrics(expression))
        {
            var series = await prometheus.QueryAsync(metric, Token);
            var present = series.SelectMany(one => one.Labels).Select(label => label.Key).ToHashSet();
            Assert.True(
                present.IsSupersetOf(labels), $"{metric} has {string.Join(", ", present)}, not all of {string.Join(", ", labels)}.");
        }
    }
}
