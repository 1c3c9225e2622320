using System.Text.Json.Serialization;
using k8s.Models;

namespace Klever.Local.Tests.Knative;

/// <summary>monitoring.coreos.com/v1 PodMonitor, as far as it is used here; any other field is a problem.</summary>
internal sealed record PodMonitor
{
    [JsonPropertyName("apiVersion")]
    public required string ApiVersion { get; init; }

    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("metadata")]
    public required V1ObjectMeta Metadata { get; init; }

    [JsonPropertyName("spec")]
    public required Monitor Spec { get; init; }

    internal sealed record Monitor
    {
        [JsonPropertyName("selector")]
        public required V1LabelSelector Selector { get; init; }

        [JsonPropertyName("podMetricsEndpoints")]
        public required IReadOnlyList<Endpoint> Endpoints { get; init; }
    }

    internal sealed record Endpoint
    {
        /// <summary>Name of a port that a container declares.</summary>
        [JsonPropertyName("port")]
        public required string Port { get; init; }

        [JsonPropertyName("path")]
        public required string Path { get; init; }

        [JsonPropertyName("interval")]
        public required string Interval { get; init; }

        [JsonPropertyName("relabelings")]
        public required IReadOnlyList<Relabeling> Relabelings { get; init; }
    }

    internal sealed record Relabeling
    {
        [JsonPropertyName("sourceLabels")]
        public required IReadOnlyList<string> SourceLabels { get; init; }

        [JsonPropertyName("targetLabel")]
        public required string TargetLabel { get; init; }

        [JsonPropertyName("replacement")]
        public required string Replacement { get; init; }
    }
}
