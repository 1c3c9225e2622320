using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving;
using Klever.Testing;

namespace Klever.Kubernetes.Tests.Serving;

/// <summary>A line of the reference: a request, what Klever Model Registry makes of it (<c>expect</c>), and what we do
/// instead
/// (<c>proposed</c>).</summary>
internal sealed class ReferenceCase
{
    private const string SignatureYaml =
        "\nsignature: {inputs: [{name: x, size: [-1, 4], dType: float32}], outputs: [{name: y, size: [-1, 2], dType: float32}]}";

    private readonly JsonObject _line;

    private ReferenceCase(JsonObject line) => _line = line;

    public JsonObject Body => (JsonObject)_line["request"]!["body"]!.DeepClone();

    public JsonObject Expect => _line["expect"]!.AsObject();

    public JsonObject Proposed => _line["proposed"]!.AsObject();

    /// <summary>An ormbfile that says the format which the request says, and has a signature.</summary>
    public string OrmbFile
    {
        get
        {
            var format = Body["spec"]?["predictors"]?[0]?["graph"]?["parameters"]?[0]?["value"];
            return (format is null ? "author: nobody" : $"format: {format}") + SignatureYaml;
        }
    }

    /// <summary>As upstream is configured: one Triton image for everything that no other server runs.</summary>
    public ServingOptions Options
    {
        get
        {
            var variables = new Dictionary<string, string> { ["TF_SERVING_IMAGE"] = "", ["TRITON_TENSORFLOW_IMAGE"] = "reg/tritonserver:T" };
            foreach (var (name, value) in _line["configOverrides"]!.AsObject())
            {
                variables[name] = (string)value!;
            }

            return Servings.OptionsOf(variables);
        }
    }

    public static ReferenceCase Load(string id)
    {
        var lines = File.ReadLines(SharedFolder.Require("reference", "serving-cases.jsonl"));
        return new ReferenceCase(lines.Select(l => JsonNode.Parse(l)!.AsObject()).Single(l => (string?)l["id"] == id));
    }

    public JsonObject Compose(string? ormbfile = null) => Servings.Compose(Body, ormbfile ?? OrmbFile, Options);
}
