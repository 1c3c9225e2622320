using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Http;

/// <summary>The documents by which clients learn what is served.</summary>
internal sealed class Discovery(ResourceTypes types)
{
    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly string[] StatusVerbs = ["get", "patch", "update"];

    public static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "32",
        ["gitVersion"] = "v1.32.0+klever-local",
        ["platform"] = "local/one-machine",
    };

    public static JsonObject CoreVersions() => new() { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1") };

    public JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. types.All.Where(t => t.Group.Length > 0).Select(t => t.Group).Distinct().Select(g => (JsonNode)Group(g))]),
    };

    public JsonObject Group(string group)
    {
        var versions = types.All.Where(t => t.Group == group).Select(t => t.Version).Distinct().Select(Named).ToList();
        if (versions.Count == 0)
        {
            throw ApiErrors.NoSuchResource();
        }

        return new JsonObject
        {
            ["kind"] = "APIGroup",
            ["apiVersion"] = "v1",
            ["name"] = group,
            ["versions"] = new JsonArray([.. versions]),
            ["preferredVersion"] = versions[0].DeepClone(),
        };

        JsonObject Named(string version) => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };
    }

    public JsonObject Resources(string group, string version)
    {
        if (!types.HasGroupVersion(group, version))
        {
            throw ApiErrors.NoSuchResource();
        }

        var resources = types.All.Where(t => t.Group == group && t.Version == version).SelectMany(Entries);
        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = new JsonArray([.. resources]),
        };
    }

    private static IEnumerable<JsonNode> Entries(ResourceType type)
    {
        var entry = Entry(type, type.Plural, AllVerbs);
        entry["singularName"] = type.Singular;
        entry["shortNames"] = type.ShortNames.ToJsonArray();
        entry["categories"] = type.Categories.ToJsonArray();
        yield return entry;
        if (type.HasStatus)
        {
            yield return Entry(type, $"{type.Plural}/status", StatusVerbs);
        }

        if (type.Key == BuiltInTypes.Pods.Key)
        {
            yield return Entry(type, "pods/log", ["get"]);
        }
    }

    private static JsonObject Entry(ResourceType type, string name, string[] verbs) => new()
    {
        ["name"] = name,
        ["singularName"] = "",
        ["namespaced"] = type.Namespaced,
        ["kind"] = type.Kind,
        ["verbs"] = verbs.ToJsonArray(),
    };
}
