using System.Text.Json.Serialization;
using k8s.Models;

namespace Klever.Local.Tests.Knative;

/// <summary>monitoring.coreos.com/v1 PrometheusRule; the rules themselves are what promtool checks.</summary>
internal sealed record PrometheusRule
{
    [JsonPropertyName("apiVersion")]
    public required string ApiVersion { get; init; }

    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("metadata")]
    public required V1ObjectMeta Metadata { get; init; }

    [JsonPropertyName("spec")]
    public required RuleGroups Spec { get; init; }

    internal sealed record RuleGroups
    {
        [JsonPropertyName("groups")]
        public required IReadOnlyList<RuleGroup> Groups { get; init; }
    }

    internal sealed record RuleGroup
    {
        [JsonPropertyName("name")]
        public required string Name { get; init; }

        [JsonPropertyName("rules")]
        public required IReadOnlyList<Rule> Rules { get; init; }
    }

    internal sealed record Rule
    {
        [JsonPropertyName("record")]
        public string? Record { get; init; }

        [JsonPropertyName("alert")]
        public string? Alert { get; init; }

        [JsonPropertyName("expr")]
        public required string Expression { get; init; }

        [JsonPropertyName("for")]
        public string? For { get; init; }

        [JsonPropertyName("labels")]
        public Dictionary<string, string>? Labels { get; init; }

        [JsonPropertyName("annotations")]
        public Dictionary<string, string>? Annotations { get; init; }
    }
}
