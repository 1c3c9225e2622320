using System.Text.Json.Nodes;
using Klever.Testing;
using Klever.Testing.Schemas;

namespace Klever.Functions.Tests.Telemetry.Monitoring;

/// <summary>What <c>knative/components/monitoring</c> says, as those who run it read it.</summary>
internal static class MonitoringFiles
{
    /// <summary>The port of the metrics in the cluster.</summary>
    public const string Port = "9464";

    private static readonly string Folder = Path.Combine(SharedFolder.Repository, "knative", "components", "monitoring");

    private static readonly string Cases = Path.Combine(SharedFolder.Repository, "tests", "data", "monitoring");

    /// <summary>The file of rules that the operator makes of the PrometheusRule.</summary>
    public static JsonObject Rules => Read(Path.Combine(Folder, "alerts.yaml"))["spec"]!.AsObject();

    public static IEnumerable<JsonObject> Alerts => Rules["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray())
        .Select(rule => rule!.AsObject()).Where(rule => rule.ContainsKey("alert"));

    public static JsonObject Dashboard => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "dashboard.json")))!.AsObject();

    /// <summary>Title of the panel, expression and legend of each line on the dashboard.</summary>
    public static IEnumerable<(string Title, string Expression, string Legend)> Lines =>
        from panel in Dashboard["panels"]!.AsArray()
        from target in panel!["targets"]!.AsArray()
        select ((string)panel["title"]!, (string)target!["expr"]!, (string)target["legendFormat"]!);

    /// <summary>How a target becomes an address, in the words of a scrape configuration.</summary>
    public static JsonArray RelabelConfigs(string port) => [.. YamlJson.Read(File.ReadAllText(Path.Combine(Folder, "pod-monitor.yaml")))[0]
        ["spec"]!["podMetricsEndpoints"]![0]!["relabelings"]!.AsArray().Select(JsonNode (relabeling) => new JsonObject
        {
            ["source_labels"] = relabeling!["sourceLabels"]!.DeepClone(),
            ["target_label"] = relabeling["targetLabel"]!.DeepClone(),
            ["replacement"] = ((string)relabeling["replacement"]!).Replace(Port, port, StringComparison.Ordinal),
        })];

    /// <summary>The cases of an alert, for <c>promtool test rules</c>.</summary>
    public static JsonObject CasesOf(string alert) => Read(Path.Combine(Cases, $"{alert}.yaml"));

    private static JsonObject Read(string path) => YamlJson.Read(File.ReadAllText(path)).Single();
}
