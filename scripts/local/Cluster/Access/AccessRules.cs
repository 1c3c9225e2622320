using System.Text.Json.Nodes;
using Klever.Local.Cluster.Http;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Access;

/// <summary>What the Roles of <c>knative/</c> let each service account do: a RoleBinding in its own namespace, a ClusterRoleBinding
/// everywhere and across namespaces.</summary>
/// <remarks>The accounts of the files are held to their Roles, and one without a binding may do nothing; everybody else, such as
/// <c>kubectl</c>, is an administrator here.</remarks>
internal sealed class AccessRules
{
    private readonly Dictionary<string, List<(RoleRule Rule, string? Namespace)>> _rules = [];

    public static readonly AccessRules None = new([]);

    /// <param name="documents">With the namespaces that they are applied in.</param>
    public AccessRules(IReadOnlyList<JsonObject> documents)
    {
        foreach (var account in documents.Where(document => document.Kind() == "ServiceAccount"))
        {
            _rules[UserName(account.Namespace(), account.Name())] = [];
        }

        foreach (var binding in documents.Where(document => document.Kind() is "RoleBinding" or "ClusterRoleBinding"))
        {
            var space = binding.Kind() == "RoleBinding" ? binding.Namespace() : null;
            var rules = RulesOf(documents, binding).ToList();
            foreach (var account in binding.Objects("subjects").Where(subject => subject.Text("kind") == "ServiceAccount"))
            {
                var user = UserName(account.Text("namespace") ?? space ?? "", account.Text("name") ?? "");
                _rules.TryAdd(user, []);
                _rules[user].AddRange(rules.Select(rule => (rule, space)));
            }
        }
    }

    /// <summary>Name of a service account as the API server writes it down.</summary>
    public static string UserName(string namespaceName, string account) => $"system:serviceaccount:{namespaceName}:{account}";

    /// <exception cref="ApiException">403, in the words of the API server.</exception>
    public void Require(string user, ApiRequest request)
    {
        if (!_rules.TryGetValue(user, out var rules))
        {
            return;
        }

        var resource = Resource(request);
        var isAllowed = rules.Any(entry => (entry.Namespace is null || entry.Namespace == request.Namespace)
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

    private static IEnumerable<RoleRule> RulesOf(IReadOnlyList<JsonObject> documents, JsonObject binding) => documents
        .Where(document => document.Kind() == binding.Text("roleRef", "kind") && document.Name() == binding.Text("roleRef", "name")
            && (document.Kind() == "ClusterRole" || document.Namespace() == binding.Namespace()))
        .SelectMany(role => role.Objects("rules"))
        .Select(RoleRule.Read);
}
