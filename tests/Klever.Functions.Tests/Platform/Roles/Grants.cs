using System.Text.Json.Nodes;
using Klever.Local.Cluster.Access;
using Klever.Local.Cluster.Objects;
using Klever.Local.Platform;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>What the YAML that a platform plays lets each service account do, and how that is compared with what it did.</summary>
internal sealed class Grants(PlatformOptions options)
{
    private readonly IReadOnlyList<JsonObject> _documents = [.. options.Applied.SelectMany(applied => applied.Read())];

    /// <summary>One for each Service, and that of the sources, which is in each namespace.</summary>
    public IReadOnlyList<string> Accounts =>
        [.. OfKind("ServiceAccount").Select(account => account.Name()).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whoever works by the name of an account in a namespace: an account of that namespace, else that of the functions.</summary>
    public string User(string account, string? space) => AccessRules.UserName(
        OfKind("ServiceAccount").Any(document => document.Name() == account && document.Namespace() == space) ? space! : options.Home,
        account);

    /// <summary>Fails when a call was refused.</summary>
    public static void RequireEnough(string user, IReadOnlyList<JsonNode> calls)
    {
        var missing = calls.Where(call => call.Number("code") == 403)
            .Select(call => $"{Grant.Of(call)} in {call.Text("namespace") ?? "all namespaces"}").Distinct().ToList();
        Assert.True(
            missing.Count == 0,
            $"{user} lacks \"{string.Join("\", \"", missing)}\". Add it to its Role, or do without the call.");
    }

    /// <summary>Fails when the bindings of a namespace allow what was not used there.</summary>
    /// <param name="user">Whose bindings.</param>
    /// <param name="space">Null for what is allowed across all namespaces.</param>
    /// <param name="calls">All calls of the user.</param>
    /// <param name="exempt">Need not be used.</param>
    public void RequireNoMore(string user, string? space, IReadOnlyList<JsonNode> calls, IEnumerable<Grant> exempt)
    {
        var unused = Allowed(user, space).Except(calls.Where(call => call.Text("namespace") == space).Select(Grant.Of)).Except(exempt).ToList();
        Assert.True(
            unused.Count == 0,
            $"In {space ?? "all namespaces"}, {user} is allowed \"{string.Join("\", \"", unused)}\", which it did not use. "
            + $"Take it away, or show in {nameof(RoleScenarios)} what needs it.");
    }

    private IEnumerable<Grant> Allowed(string user, string? space) => Bindings(space)
        .Where(binding => binding.Objects("subjects")
            .Any(subject => AccessRules.UserName(subject.Text("namespace") ?? space ?? "", subject.Text("name")!) == user))
        .SelectMany(binding => OfKind(binding.Text("roleRef", "kind")!)
            .Where(role => role.Name() == binding.Text("roleRef", "name") && role.Namespace() == (space ?? "")))
        .SelectMany(role => role.Objects("rules"))
        .SelectMany(rule => from apiGroup in rule.Texts("apiGroups")
                            from resource in rule.Texts("resources")
                            from verb in rule.Texts("verbs")
                            select new Grant(apiGroup, resource, verb));

    private IEnumerable<JsonObject> Bindings(string? space) => space is null
        ? OfKind("ClusterRoleBinding")
        : OfKind("RoleBinding").Where(binding => binding.Namespace() == space);

    private IEnumerable<JsonObject> OfKind(string kind) => _documents.Where(document => document.Kind() == kind);
}
