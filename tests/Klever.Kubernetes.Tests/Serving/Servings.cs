using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Requests;
using Klever.Kubernetes.Serving.Seldon;
using Klever.Models;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests.Serving;

/// <summary>Composing as the tests use it: YAML in, SeldonDeployment out, every model known and of one
/// digest.</summary>
internal static class Servings
{
    public static readonly Digest Digest = Digest.Parse("sha256:" + new string('d', 64));

    public static readonly ServingOptions Options = OptionsOf(new Dictionary<string, string>());

    /// <summary>The options of the reference cases, with some variables changed.</summary>
    public static ServingOptions OptionsOf(IReadOnlyDictionary<string, string> changed)
    {
        var variables = new Dictionary<string, string>
        {
            ["TRT_SERVING_IMAGE"] = "reg/tritonserver:T",
            ["TF_SERVING_IMAGE"] = "reg/tfserving:T",
            ["TRITON_TENSORFLOW_IMAGE"] = "reg/tritonserver:25.02",
            ["PMML_SERVING_IMAGE"] = "reg/openscoring:T",
            ["MLSERVER_IMAGE"] = "reg/mlserver:T",
            ["MODEL_INITIALIZER_IMAGE"] = "reg/klever:T",
        };
        foreach (var (name, value) in changed)
        {
            variables[name] = value;
        }

        return ServingOptions.FromEnvironment("harbor.example", name => variables.GetValueOrDefault(name));
    }

    public static JsonObject Compose(string yaml, string ormbfile = "format: ONNX", ServingOptions? options = null) =>
        Compose(YamlJson.Read(yaml).Single(), ormbfile, options);

    public static JsonObject Compose(JsonObject body, string ormbfile = "format: ONNX", ServingOptions? options = null, string? name = null) =>
        SeldonRenderer.Render(Plan(body, ormbfile, options, name), options ?? Options);

    public static ServingPlan Plan(JsonObject body, string ormbfile = "format: ONNX", ServingOptions? options = null, string? name = null)
    {
        var request = ServingRequest.Parse(body, "default", options ?? Options, name);
        var models = request.Predictors.Select(p => p.Model).Distinct()
            .ToDictionary(m => m, _ => new ServedModel(Digest, OrmbFile.FromYaml(ormbfile)));
        return ServingComposer.Compose(request, models, options ?? Options);
    }
}
