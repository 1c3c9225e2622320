using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Tests.Serving;

/// <summary>Upstream's result for one predictor, with what is mended everywhere taken into account: credentials by
/// reference,
/// the digest, our initializer, readiness by the model, time to start, no subPath on an emptyDir, GPUs hidden by a
/// value.</summary>
internal static class MendedExpectation
{
    private const string Model = "@sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd";

    /// <summary>The parts of a composed predictor that the reference speaks of.</summary>
    public static JsonObject Summary(JsonObject predictor)
    {
        var component = predictor["componentSpecs"]![0]!;
        var pod = component["spec"]!;
        var container = pod["containers"]![0]!;
        return Clone(new()
        {
            ["name"] = predictor["name"],
            ["engine"] = predictor["annotations"]!["seldon.io/no-engine"],
            ["modelUri"] = predictor["graph"]!["modelUri"],
            ["traffic"] = predictor["traffic"],
            ["replicas"] = predictor["replicas"],
            ["schedulerName"] = pod["schedulerName"],
            ["volumes"] = pod["volumes"],
            ["containerName"] = container["name"],
            ["image"] = container["image"],
            ["ports"] = container["ports"],
            ["env"] = container["env"],
            ["mounts"] = container["volumeMounts"],
            ["readiness"] = container["readinessProbe"]!["httpGet"]?["path"],
            ["initializers"] = pod["initContainers"],
        });
    }

    /// <param name="expected">Upstream's result.</param>
    /// <param name="servingName">Of the serving.</param>
    /// <param name="asserted">The format of the request, where the artifact says none.</param>
    public static JsonObject Of(JsonObject expected, string servingName, string? asserted)
    {
        var container = expected["container"]!;
        var isConfigured = ((string)container["image"]!).StartsWith("reg/", StringComparison.Ordinal)
            && (string)container["image"]! != "reg/mine:1";
        var image = (string)container["image"]!;
        return Clone(new()
        {
            ["name"] = expected["name"],
            ["engine"] = "true",
            ["modelUri"] = expected["modelUri"],
            ["traffic"] = expected["traffic"],
            ["replicas"] = expected["replicas"],
            ["schedulerName"] = expected["schedulerName"],
            ["volumes"] = expected["volumes"],
            ["containerName"] = container["name"],
            ["image"] = image,
            ["ports"] = Ports(container["ports"]!.AsArray(), image),
            ["env"] = Env(container["env"]!.AsArray(), image, servingName, Path(container)),
            ["mounts"] = Mounts(container["volumeMounts"]!.AsArray(), isConfigured),
            ["readiness"] = !isConfigured ? null : image.Contains("openscoring") ? $"/openscoring/model/{servingName}" : $"/v2/models/{servingName}/ready",
            ["initializers"] = new JsonArray(Initializer(
                expected["initContainers"]![0]!, image, servingName, Flags(expected, image, asserted))),
        });
    }

    private static string Path(JsonNode container) => (string)container["volumeMounts"]![0]!["mountPath"]!;

    private static JsonArray Ports(JsonArray ports, string image)
    {
        var mended = (JsonArray)ports.DeepClone();
        int? metrics = image.Contains("tritonserver") ? 8002 : image.Contains("mlserver") ? 8082 : null;
        if (metrics is not null)
        {
            mended.Add((JsonNode)new JsonObject { ["name"] = "metrics", ["protocol"] = "TCP", ["containerPort"] = metrics });
        }

        return mended;
    }

    private static JsonArray Env(JsonArray env, string image, string servingName, string path)
    {
        var mended = new JsonArray([.. env.Where(v => (string?)v!["name"] != "NVIDIA_VISIBLE_DEVICES").Select(v => v!.DeepClone())]);
        if (mended.All(v => (string?)v!["name"] != "SERVING_NAME"))
        {
            mended.Add((JsonNode)new JsonObject { ["name"] = "SERVING_NAME", ["value"] = servingName });
        }

        if (image.Contains("mlserver"))
        {
            mended.Add((JsonNode)new JsonObject { ["name"] = "MLSERVER_MODELS_DIR", ["value"] = path });
        }

        if (image == "reg/mine:1" || env.Any(v => (string?)v!["name"] == "NVIDIA_VISIBLE_DEVICES"))
        {
            mended.Add((JsonNode)new JsonObject { ["name"] = "NVIDIA_VISIBLE_DEVICES", ["value"] = "void" });
        }

        return mended;
    }

    private static JsonArray Mounts(JsonArray mounts, bool isReadOnly)
    {
        var mended = (JsonArray)mounts.DeepClone();
        mended[0]!.AsObject().Remove("subPath");
        if (isReadOnly)
        {
            mended[0]!["readOnly"] = true;
        }

        return mended;
    }

    // Triton's configuration speaks of devices; and where the artifact says no format, the request's goes along.
    private static IEnumerable<string> Flags(JsonObject expected, string image, string? asserted)
    {
        var hidesGpu = expected["container"]!["env"]!.AsArray().Any(v => (string?)v!["name"] == "NVIDIA_VISIBLE_DEVICES");
        return (asserted is null ? [] : new[] { $"--format={asserted}" })
            .Concat(image.Contains("tritonserver") && hidesGpu ? ["--cpu"] : []);
    }

    private static JsonObject Initializer(JsonNode expected, string image, string servingName, IEnumerable<string> flags)
    {
        var reference = (string)expected["args"]![0]!;
        var layout = image.Contains("tritonserver") ? "triton" : image.Contains("mlserver") ? "mlserver" : image.Contains("openscoring") ? "pmml" : "ormb";
        var arguments = new JsonArray(
            reference[..reference.LastIndexOf(':')] + Model, expected["args"]![1]!.DeepClone(), $"--layout={layout}", $"--name={servingName}");
        foreach (var flag in flags)
        {
            arguments.Add((JsonNode)flag);
        }

        return new JsonObject
        {
            ["name"] = expected["name"]!.DeepClone(),
            ["image"] = "reg/klever:T",
            ["command"] = new JsonArray("klever", "initialize"),
            ["args"] = arguments,
            ["env"] = new JsonArray(Secret("ORMB_USERNAME"), Secret("ORMB_PASSWORD")),
            ["volumeMounts"] = Mounts(expected["volumeMounts"]!.AsArray(), isReadOnly: false),
            ["securityContext"] = JsonNode.Parse("""{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]}}"""),
        };
    }

    private static JsonObject Secret(string name) => new()
    {
        ["name"] = name,
        ["valueFrom"] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = "ormb", ["key"] = name, ["optional"] = true } },
    };

    private static JsonObject Clone(Dictionary<string, JsonNode?> members) =>
        new(members.Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
}
