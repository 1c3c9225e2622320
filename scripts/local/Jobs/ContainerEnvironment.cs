using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Selection;

namespace Klever.Local.Jobs;

/// <summary>The variables of a container: <c>envFrom</c>, then <c>env</c> in order, later ones winning.</summary>
internal sealed class ContainerEnvironment(ApiObjects objects, JsonObject pod)
{
    private const string Problem = "CreateContainerConfigError";

    /// <exception cref="ContainerConfigException">A Secret, ConfigMap or key is missing and not optional.</exception>
    public IReadOnlyDictionary<string, string> Build(JsonObject container)
    {
        var variables = new Dictionary<string, string>();
        foreach (var source in container.Objects("envFrom"))
        {
            foreach (var (key, value) in ReadAll(source))
            {
                variables[(source.Text("prefix") ?? "") + key] = value;
            }
        }

        foreach (var variable in container.Objects("env"))
        {
            var name = variable.Text("name") ?? "";
            if (variable.At("valueFrom") is JsonObject source)
            {
                if (Read(source) is { } value)
                {
                    variables[name] = value;
                }
            }
            else
            {
                variables[name] = VariableExpansion.Expand(variable.Text("value") ?? "", variables);
            }
        }

        return variables;
    }

    private IReadOnlyDictionary<string, string> ReadAll(JsonObject source) => source switch
    {
        _ when source.At("secretRef") is JsonObject reference => Decode(Find(BuiltInTypes.Secrets, reference)),
        _ when source.At("configMapRef") is JsonObject reference => Find(BuiltInTypes.ConfigMaps, reference).Map("data"),
        _ => throw new ContainerConfigException(Problem, "envFrom knows secretRef and configMapRef"),
    };

    private string? Read(JsonObject source) => source switch
    {
        _ when source.At("secretKeyRef") is JsonObject reference =>
            Key(reference, "Secret", Decode(Find(BuiltInTypes.Secrets, reference))),
        _ when source.At("configMapKeyRef") is JsonObject reference =>
            Key(reference, "ConfigMap", Find(BuiltInTypes.ConfigMaps, reference).Map("data")),
        _ when source.Text("fieldRef", "fieldPath") is { } path => Field(path),
        _ => throw new ContainerConfigException(Problem, "valueFrom knows secretKeyRef, configMapKeyRef and fieldRef on one machine"),
    };

    private JsonObject? Find(ResourceType type, JsonObject reference)
    {
        var name = reference.Text("name") ?? "";
        return objects.Find(type, pod.Namespace(), name) is { } found || reference.Flag("optional")
            ? objects.Find(type, pod.Namespace(), name)
            : throw new ContainerConfigException(Problem, $"{type.Singular} \"{name}\" not found");
    }

    private string? Key(JsonObject reference, string kind, IReadOnlyDictionary<string, string> data)
    {
        var key = reference.Text("key") ?? "";
        return data.TryGetValue(key, out var value) || reference.Flag("optional")
            ? value
            : throw new ContainerConfigException(Problem, $"couldn't find key {key} in {kind} {pod.Namespace()}/{reference.Text("name")}");
    }

    private string Field(string path) => path switch
    {
        "status.podIP" => PodAddress.Of(pod),
        "status.hostIP" => "127.0.0.1",
        _ when path.StartsWith("metadata.labels['") => pod.Text("metadata", "labels", path[17..^2]) ?? "",
        _ when path.StartsWith("metadata.annotations['") => pod.Text("metadata", "annotations", path[22..^2]) ?? "",
        _ => FieldSelector.Value(pod, path),
    };

    private static IReadOnlyDictionary<string, string> Decode(JsonObject? secret) =>
        secret.Map("data").ToDictionary(d => d.Key, d => Encoding.UTF8.GetString(Convert.FromBase64String(d.Value)));
}
