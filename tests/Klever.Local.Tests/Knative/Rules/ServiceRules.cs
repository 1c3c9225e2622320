using System.Globalization;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Tests.Knative.Rules;

/// <summary>What the webhook of Knative Serving refuses although the schema allows it.</summary>
internal static class ServiceRules
{
    private const string Autoscaling = "autoscaling.knative.dev/";
    private const int MaximumTimeoutSeconds = 600;
    private const int MaximumConcurrency = 1000;
    private static readonly string[] ReservedVariables = ["PORT", "K_SERVICE", "K_CONFIGURATION", "K_REVISION"];
    private static readonly long[] ReservedPorts = [8008, 8012, 8013, 8022, 8112, 9090, 9091];
    private static readonly string[] VolumeKinds = ["secret", "configMap", "projected", "emptyDir"];

    private static readonly IReadOnlyDictionary<string, Func<string, bool>> Annotations = new Dictionary<string, Func<string, bool>>
    {
        ["min-scale"] = value => IsWhole(value, 0),
        ["max-scale"] = value => IsWhole(value, 0),
        ["initial-scale"] = value => IsWhole(value, 0),
        ["activation-scale"] = value => IsWhole(value, 2),
        ["target"] = value => decimal.TryParse(value, CultureInfo.InvariantCulture, out var target) && target >= 0.01m,
        ["metric"] = value => value is "concurrency" or "rps" or "cpu" or "memory",
        ["class"] = value => value is "kpa.autoscaling.knative.dev" or "hpa.autoscaling.knative.dev",
        ["window"] = value => IsDuration(value, TimeSpan.FromSeconds(6)),
        ["scale-down-delay"] = value => IsDuration(value, TimeSpan.Zero),
        ["scale-to-zero-pod-retention-period"] = value => IsDuration(value, TimeSpan.Zero),
        ["target-utilization-percentage"] = value => IsWhole(value, 1) && int.Parse(value) <= 100,
        ["target-burst-capacity"] = value => IsWhole(value, -1),
    };

    public static IEnumerable<string> Problems(JsonObject service)
    {
        var template = service.At("spec", "template");
        var containers = template.Objects("spec", "containers").ToList();
        return
        [
            .. service.Map("metadata", "annotations").Keys.Where(key => key.StartsWith(Autoscaling, StringComparison.Ordinal))
                .Select(key => $"{key} belongs to spec.template.metadata"),
            .. Scale(template.Map("metadata", "annotations")),
            .. containers.SelectMany(Variables),
            .. Ports(containers),
            .. template.Objects("spec", "volumes").Where(volume => !VolumeKinds.Any(volume.ContainsKey)).Select(volume => $"volume {volume.Name()} is of a kind that is off"),
            .. Unless(template.Number("spec", "timeoutSeconds") is not > MaximumTimeoutSeconds, "timeoutSeconds is above 600"),
            .. Unless((template.Number("spec", "containerConcurrency") ?? 0) is >= 0 and <= MaximumConcurrency, "containerConcurrency is out of range"),
            .. containers.Where(container => container.Text("image") is null or "").Select(_ => "a container has no image"),
        ];
    }

    private static IEnumerable<string> Scale(IReadOnlyDictionary<string, string> annotations)
    {
        foreach (var (key, value) in annotations.Where(a => a.Key.StartsWith(Autoscaling, StringComparison.Ordinal)))
        {
            var known = Annotations.TryGetValue(key[Autoscaling.Length..], out var isValid);
            if (!known || !isValid!(value))
            {
                yield return known ? $"{key} is \"{value}\"" : $"{key} is unknown";
            }
        }

        if (annotations.TryGetValue(Autoscaling + "min-scale", out var least) && annotations.TryGetValue(Autoscaling + "max-scale", out var most)
            && int.TryParse(least, out var min) && int.TryParse(most, out var max) && max > 0 && min > max)
        {
            yield return $"min-scale {min} is above max-scale {max}";
        }
    }

    private static IEnumerable<string> Variables(JsonObject container)
    {
        var names = container.Objects("env").Select(variable => variable.Text("name") ?? "").ToList();
        return names.Intersect(ReservedVariables).Select(name => $"{name} is set by Knative alone")
            .Concat(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"{group.Key} is set twice"));
    }

    private static IEnumerable<string> Ports(IReadOnlyList<JsonObject> containers)
    {
        var ports = containers.SelectMany(container => container.Objects("ports")).ToList();
        return Unless(ports.Count <= 1, "more than one port")
            .Concat(ports.Where(port => ReservedPorts.Contains(port.Number("containerPort") ?? 0)).Select(port => $"port {port.Number("containerPort")} is reserved"))
            .Concat(ports.Where(port => port.Text("name") is not (null or "http1" or "h2c")).Select(port => $"port name {port.Text("name")}"));
    }

    private static IEnumerable<string> Unless(bool holds, string problem) => holds ? [] : [problem];

    private static bool IsWhole(string value, int least) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && whole >= least;

    private static bool IsDuration(string value, TimeSpan least) =>
        GoDuration.TryParse(value, out var duration) && duration >= least && duration <= TimeSpan.FromHours(1);
}
