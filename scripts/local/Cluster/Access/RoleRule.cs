using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Access;

/// <summary>A rule of a Role (rbac.authorization.k8s.io/v1 PolicyRule).</summary>
internal sealed record RoleRule(
    IReadOnlyList<string> Groups, IReadOnlyList<string> Resources, IReadOnlyList<string> Verbs, IReadOnlyList<string> Names)
{
    /// <param name="verb">As RBAC has it: get, list, watch, create, update, patch, delete, deletecollection.</param>
    /// <param name="group">Empty for the core group.</param>
    /// <param name="resource">Plural, with its subresource: <c>modeljobs/status</c>.</param>
    /// <param name="name">Null for a collection, which a rule with names never allows.</param>
    public bool Allows(string verb, string group, string resource, string? name) =>
        Holds(Groups, group) && Holds(Resources, resource) && Holds(Verbs, verb)
        && (Names.Count == 0 || (name is not null && Names.Contains(name)));

    public static RoleRule Read(JsonObject rule) =>
        new([.. rule.Texts("apiGroups")], [.. rule.Texts("resources")], [.. rule.Texts("verbs")], [.. rule.Texts("resourceNames")]);

    private static bool Holds(IReadOnlyList<string> list, string value) => list.Contains("*") || list.Contains(value);
}
