using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Objects;

/// <summary>Names one stored object. The namespace is empty for kinds of the whole cluster.</summary>
internal readonly record struct ObjectKey(string Type, string Namespace, string Name)
{
    public static ObjectKey Of(ResourceType type, JsonObject item) => new(type.Key, type.Namespaced ? item.Namespace() : "", item.Name());
}
