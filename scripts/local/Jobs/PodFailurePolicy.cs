using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>batch/v1 PodFailurePolicy: the first rule that matches a failed pod decides; none counts it.</summary>
internal static class PodFailurePolicy
{
    public static FailureVerdict Judge(JsonObject job, JsonObject pod)
    {
        var rules = job.Objects("spec", "podFailurePolicy", "rules").ToList();
        for (var index = 0; index < rules.Count; index++)
        {
            if (Match(rules[index], pod) is { } match)
            {
                var action = rules[index].Text("action") ?? "Count";
                return new FailureVerdict(action, $"{match} matching {action} rule at index {index}");
            }
        }

        return new FailureVerdict("Count");
    }

    private static string? Match(JsonObject rule, JsonObject pod)
    {
        if (rule.At("onExitCodes") is JsonObject codes)
        {
            return MatchExitCodes(codes, pod);
        }

        foreach (var pattern in rule.Objects("onPodConditions"))
        {
            var status = pattern.Text("status") ?? "True";
            if (pod.Objects("status", "conditions").Any(c => c.Text("type") == pattern.Text("type") && c.Text("status") == status))
            {
                return $"Pod {pod.Namespace()}/{pod.Name()} has condition {pattern.Text("type")}";
            }
        }

        return null;
    }

    private static string? MatchExitCodes(JsonObject codes, JsonObject pod)
    {
        var values = (codes.At("values") as JsonArray ?? []).Select(v => v.Number()).ToList();
        var container = codes.Text("containerName");
        var ended = pod.Objects("status", "initContainerStatuses").Concat(pod.Objects("status", "containerStatuses"));
        foreach (var status in ended.Where(s => container is null || s.Text("name") == container))
        {
            if (status.Number("state", "terminated", "exitCode") is { } code && code != 0 && values.Contains(code) == (codes.Text("operator") == "In"))
            {
                return $"Container {status.Text("name")} for pod {pod.Namespace()}/{pod.Name()} failed with exit code {code}";
            }
        }

        return null;
    }
}
