using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Http;

/// <summary>As much of <c>/openapi/v3</c> as kubectl needs: that PATCH takes <c>fieldValidation</c> (so that it leaves validation
/// to the server), and the schemas of custom resources for <c>kubectl explain</c>.</summary>
internal sealed class OpenApi(ResourceTypes types)
{
    public JsonObject Index()
    {
        var paths = new JsonObject();
        foreach (var type in types.All)
        {
            var path = PathOf(type.Group, type.Version);
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}" };
        }

        return new JsonObject { ["paths"] = paths };
    }

    public JsonObject Document(string group, string version)
    {
        var (paths, schemas) = (new JsonObject(), new JsonObject());
        foreach (var type in types.All.Where(t => t.Group == group && t.Version == version))
        {
            var scope = type.Namespaced ? "namespaces/{namespace}/" : "";
            paths[$"/{PathOf(group, version)}/{scope}{type.Plural}/{{name}}"] = new JsonObject { ["patch"] = Patch(type) };
            schemas[$"{type.Group}.{type.Version}.{type.Kind}"] = Schema(type);
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "klever-local", ["version"] = "v1.32.0" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static string PathOf(string group, string version) => group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}";

    private static JsonObject Patch(ResourceType type) => new()
    {
        ["parameters"] = new JsonArray(new JsonObject
        {
            ["name"] = "fieldValidation",
            ["in"] = "query",
            ["schema"] = new JsonObject { ["type"] = "string" },
        }),
        ["x-kubernetes-group-version-kind"] = Identity(type),
    };

    private static JsonObject Schema(ResourceType type)
    {
        var schema = type.Schema?.Json.Clone() ?? new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true };
        schema["x-kubernetes-group-version-kind"] = new JsonArray(Identity(type));
        return schema;
    }

    private static JsonObject Identity(ResourceType type) =>
        new() { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind };
}
