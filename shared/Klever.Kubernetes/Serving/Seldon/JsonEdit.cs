using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Seldon;

/// <summary>Changes to a document whose kinds were checked when it was read.</summary>
internal static class JsonEdit
{
    /// <summary>The object under a name, made when it is missing.</summary>
    public static JsonObject Child(this JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
        {
            child = [];
            parent[name] = child;
        }

        return child;
    }

    /// <summary>The array under a name, made when it is missing.</summary>
    public static JsonArray List(this JsonObject parent, string name)
    {
        if (parent[name] is not JsonArray list)
        {
            list = [];
            parent[name] = list;
        }

        return list;
    }

    public static void SetIfAbsent(this JsonObject parent, string name, JsonNode? value)
    {
        if (parent[name] is null && value is not null)
        {
            parent[name] = value;
        }
    }

    /// <summary>Adds a node; <c>Add</c> of a derived type would be the generic one, which needs reflection.</summary>
    public static void Append(this JsonArray list, JsonNode node) => list.Add(node);

    /// <summary>The element of a list of named objects; null when there is none.</summary>
    public static JsonObject? Named(this JsonArray list, string name) =>
        list.OfType<JsonObject>().FirstOrDefault(item => (string?)item["name"] == name);

    public static void RemoveNamed(this JsonArray list, string name)
    {
        while (list.Named(name) is { } item)
        {
            list.Remove(item);
        }
    }

    public static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
