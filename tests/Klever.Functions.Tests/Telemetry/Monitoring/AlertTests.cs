using System.Text.Json.Nodes;
using Klever.Testing;

namespace Klever.Functions.Tests.Telemetry.Monitoring;

/// <summary>Each alert fires when it should and is silent otherwise, by Prometheus' own judgement of invented series.</summary>
public sealed class AlertTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Alerts => [.. MonitoringFiles.Alerts.Select(alert => (string)alert["alert"]!)];

    [Fact]
    public async Task Rules_AreThoseOfPrometheus()
    {
        ExternalProgram.Promtool.Require();

        var output = await ExternalProgram.Promtool.SucceedAsync("check", "rules", WriteRules());

        Assert.Contains("SUCCESS", output);
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public async Task Alert_OverItsCases_FiresWhenItShouldAndNotOtherwise(string alert)
    {
        ExternalProgram.Promtool.Require();
        WriteRules();
        var cases = MonitoringFiles.CasesOf(alert);
        cases["rule_files"] = new JsonArray("rules.yaml");
        cases["evaluation_interval"] = "1m";

        var tests = cases["tests"]!.AsArray().SelectMany(test => test!["alert_rule_test"]!.AsArray()).ToList();

        Assert.All(tests, test => Assert.Equal(alert, (string)test!["alertname"]!));
        Assert.Contains(tests, test => test!["exp_alerts"]!.AsArray().Count > 0);
        Assert.Contains(tests, test => test!["exp_alerts"]!.AsArray().Count == 0);
        await ExternalProgram.Promtool.SucceedAsync("test", "rules", _directory.Write("cases.yaml", cases.ToJsonString()));
    }

    public void Dispose() => _directory.Dispose();

    private string WriteRules() => _directory.Write("rules.yaml", MonitoringFiles.Rules.ToJsonString());
}
