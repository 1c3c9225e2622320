using System.Globalization;
using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Requests;

/// <summary>The short way to ask for a serving, made into the SeldonDeployment that it stands for:
/// <c>{"name": "bert", "model": "release/bert:v1", "replicas": 1, "resources": {"cpu": "1", "memory": "1Gi"}, "gpu":
/// 1}</c>.
/// Several predictors stand in <c>predictors</c>, each with what is else at the top.</summary>
internal static class ShortForm
{
    private const string GpuResource = "nvidia.com/gpu";

    private static readonly string[] Members =
    [
        "name", "model", "format", "maxBatchSize", "image", "env", "resources", "gpu", "replicas", "traffic", "headers",
    ];

    /// <summary>A SeldonDeployment has a spec; the short form has none.</summary>
    public static bool Is(JsonObject body) =>
        !body.ContainsKey("spec") && (body.ContainsKey("model") || body.ContainsKey("predictors"));

    /// <exception cref="ServingException">A member is unknown or of the wrong kind.</exception>
    public static JsonObject ToSeldonDeployment(JsonObject body)
    {
        var root = new JsonField(body, "");
        var name = root["name"].AsText();
        var predictors = root["predictors"].AsList();
        RequireKnown(
            root, predictors.Count > 0 ? ["name", "namespace", "predictors", "default"] : [.. Members, "namespace"]);
        var spec = new JsonObject
        {
            ["predictors"] = predictors.Count > 0
                ? new JsonArray([.. predictors.Select(p => Predictor(Checked(p), p["name"].AsText()))])
                : new JsonArray(Predictor(root, name)),
        };
        Set(spec, "defaultPredictor", root["default"].AsText());
        var metadata = new JsonObject();
        Set(metadata, "name", name);
        Set(metadata, "namespace", root["namespace"].AsText());
        return new JsonObject
        {
            ["apiVersion"] = "machinelearning.seldon.io/v1",
            ["kind"] = "SeldonDeployment",
            ["metadata"] = metadata,
            ["spec"] = spec,
        };
    }

    private static JsonObject Predictor(JsonField field, string? name)
    {
        var container = new JsonObject();
        Set(container, "image", field["image"].AsText());
        Set(container, "env", field["env"].Node?.DeepClone());
        Set(container, "resources", Resources(field["resources"], field["gpu"].AsInteger()));
        if (container.ContainsKey("image"))
        {
            container["ports"] = new JsonArray(
                new JsonObject { ["name"] = "http", ["containerPort"] = 8000, ["protocol"] = "TCP" });
        }

        var graph = new JsonObject();
        Set(graph, "name", name);
        Set(graph, "modelUri", field["model"].AsText());
        Set(graph, "parameters", Parameters(field));
        var predictor = new JsonObject
        {
            ["graph"] = graph,
            ["componentSpecs"] = new JsonArray(
                new JsonObject { ["spec"] = new JsonObject { ["containers"] = new JsonArray(container) } }),
        };
        Set(predictor, "replicas", field["replicas"].AsInteger());
        Set(predictor, "traffic", field["traffic"].AsInteger());
        if (field["headers"].AsObject() is { } headers)
        {
            predictor["trafficMatchs"] = new JsonArray(new JsonObject { ["headers"] = headers.DeepClone() });
        }

        return predictor;
    }

    private static JsonArray? Parameters(JsonField field)
    {
        var parameters = new JsonArray();
        Add("format", "STRING", field["format"].AsText());
        Add("max_batch_size", "INT", field["maxBatchSize"].AsInteger()?.ToString(CultureInfo.InvariantCulture));
        return parameters.Count > 0 ? parameters : null;

        void Add(string name, string type, string? value)
        {
            if (value is not null)
            {
                parameters.Add((JsonNode)new JsonObject { ["name"] = name, ["type"] = type, ["value"] = value });
            }
        }
    }

    private static JsonObject? Resources(JsonField field, int? gpus)
    {
        var resources = field.AsObject()?.DeepClone().AsObject();
        if (resources is not null && !resources.ContainsKey("limits") && !resources.ContainsKey("requests"))
        {
            resources = new JsonObject { ["requests"] = resources.DeepClone(), ["limits"] = resources };
        }

        if (gpus is null)
        {
            return resources;
        }

        resources ??= [];
        var limits = resources["limits"] as JsonObject ?? [];
        limits[GpuResource] = gpus.Value.ToString(CultureInfo.InvariantCulture);
        resources["limits"] = limits;
        return resources;
    }

    private static JsonField Checked(JsonField predictor)
    {
        RequireKnown(predictor, Members);
        return predictor;
    }

    private static void RequireKnown(JsonField field, string[] members)
    {
        var given = field.AsObject() ?? throw field.Invalid("must be an object");
        var unknown = given.FirstOrDefault(member => !members.Contains(member.Key)).Key;
        if (unknown is not null)
        {
            throw field[unknown].Invalid($"is unknown; the short form has {string.Join(", ", members)}");
        }
    }

    private static void Set(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
