using System.Text.Json.Nodes;

namespace Klever.Functions.Tests.Knative;

/// <summary>A Knative Service that runs functions.</summary>
internal sealed class KnativeService(JsonObject service)
{
    private readonly JsonNode _template = service["spec"]!["template"]!;

    public string Name => (string)service["metadata"]!["name"]!;

    public string Functions => Variable("KLEVER_FUNCTIONS");

    public string Face => Variable("KLEVER_FACE");

    public string Image => (string)Container["image"]!;

    public IReadOnlyList<string> ProbePaths =>
        [.. new[] { "readinessProbe", "livenessProbe" }.Select(probe => (string)Container[probe]!["httpGet"]!["path"]!)];

    /// <summary>Such as "0 to 5".</summary>
    public string Scale => $"{Annotation("min-scale")} to {Annotation("max-scale")}";

    private JsonNode Container => _template["spec"]!["containers"]![0]!;

    private string Annotation(string name) => (string)_template["metadata"]!["annotations"]![$"autoscaling.knative.dev/{name}"]!;

    private string Variable(string name) =>
        (string)Container["env"]!.AsArray().Single(variable => (string)variable!["name"]! == name)!["value"]!;
}
