using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Klever.Functions.Telemetry;
using Klever.Oci;
using Klever.Testing;

namespace Klever.Functions.Tests.Telemetry;

/// <summary>Dashboard and alerts ask for metrics that there are, by the names that Prometheus gives them.</summary>
public sealed partial class MetricNameTests
{
    private static readonly string Folder = Path.Combine(SharedFolder.Repository, "knative", "components", "monitoring");

    [Theory]
    [InlineData("dashboard.json")]
    [InlineData("alerts.yaml")]
    public void Metrics_ThatAreAskedFor_AreMeasured(string file)
    {
        var asked = MetricName().Matches(File.ReadAllText(Path.Combine(Folder, file))).Select(match => match.Groups["name"].Value).Distinct();

        Assert.Empty(asked.Except(Measured()));
    }

    [Fact]
    public void Metrics_ThatAreMeasured_AreOnTheDashboard()
    {
        var dashboard = File.ReadAllText(Path.Combine(Folder, "dashboard.json"));

        Assert.All(Measured(), name => Assert.Contains(name, dashboard, StringComparison.Ordinal));
    }

    private static HashSet<string> Measured()
    {
        var names = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name is Measures.MeterName or RegistryMeasures.MeterName)
                {
                    names.Add(PrometheusName(instrument));
                }
            },
        };
        RuntimeHelpers.RunClassConstructor(typeof(Measures).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(RegistryMeasures).TypeHandle);
        listener.Start();
        return names;
    }

    // OpenTelemetry, "Prometheus and OpenMetrics Compatibility": the unit, and _total for counters.
    private static string PrometheusName(Instrument instrument) => instrument.Name.Replace('.', '_')
        + instrument.Unit switch { "s" => "_seconds", "By" when !instrument.Name.EndsWith("bytes", StringComparison.Ordinal) => "_bytes", _ => "" }
        + (instrument is Counter<long> ? "_total" : "");

    [GeneratedRegex(@"\b(?<name>klever_\w+?)(_bucket)?\{|\b(?<name>klever_\w+?)(_bucket)?\[")]
    private static partial Regex MetricName();
}
