using System.Text.Json.Nodes;
using Klever.Local.Cluster.Http;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Access;

/// <summary>What the Roles of <c>knative/</c> let each service account do. A Role holds in every namespace of this cluster, as an
/// installation repeats it in every namespace that it looks after; only a ClusterRole allows a call across all of them.</summary>
/// <remarks>The accounts of the files are held to their Roles, and one without a binding may do nothing; everybody else, such as
/// <c>kubectl</c>, is an administrator here.</remarks>
internal sealed class AccessRules
{
    private const string AccountPrefix = "system:serviceaccount:";
    private readonly Dictionary<string, List<(RoleRule Rule, bool IsClusterWide)>> _rules = [];

    public static readonly AccessRules None = new([]);

    public AccessRules(IReadOnlyList<JsonObject> documents)
    {
        foreach (var account in documents.Where(document => document.Kind() == "ServiceAccount"))
        {
            _rules[account.Name()] = [];
        }

        foreach (var binding in documents.Where(document => document.Kind() is "RoleBinding" or "ClusterRoleBinding"))
        {
            var rules = RulesOf(documents, binding).ToList();
            foreach (var account in binding.Objects("subjects").Where(subject => subject.Text("kind") == "ServiceAccount"))
            {
                var name = account.Text("name") ?? "";
                _rules.TryAdd(name, []);
                _rules[name].AddRange(rules.Select(rule => (rule, binding.Kind() == "ClusterRoleBinding")));
            }
        }
    }

    /// <exception cref="ApiException">403, in the words of the API server.</exception>
    public void Require(string user, ApiRequest request)
    {
        if (Account(user) is not { } account || !_rules.TryGetValue(account, out var rules))
        {
            return;
        }

        var resource = Resource(request);
        var isAllowed = rules.Any(entry => (entry.IsClusterWide || request.Namespace is not null || !request.Type.Namespaced)
            && entry.Rule.Allows(request.Verb, request.Type.Group, resource, request.Name));
        if (!isAllowed)
        {
            var where = request.Namespace is { } space ? $"in the namespace \"{space}\"" : "at the cluster scope";
            throw ApiErrors.Forbidden(
                request.Type,
                request.Name ?? "",
                $"User \"{user}\" cannot {request.Verb} resource \"{resource}\" in API group \"{request.Type.Group}\" {where}");
        }
    }

    /// <summary>A resource as a Role names it.</summary>
    public static string Resource(ApiRequest request) =>
        request.Subresource.Length == 0 ? request.Type.Plural : $"{request.Type.Plural}/{request.Subresource}";

    private static string? Account(string user) =>
        user.StartsWith(AccountPrefix, StringComparison.Ordinal) ? user[(user.LastIndexOf(':') + 1)..] : null;

    private static IEnumerable<RoleRule> RulesOf(IReadOnlyList<JsonObject> documents, JsonObject binding) => documents
        .Where(document => document.Kind() == binding.Text("roleRef", "kind") && document.Name() == binding.Text("roleRef", "name"))
        .SelectMany(role => role.Objects("rules"))
        .Select(RoleRule.Read);
}
