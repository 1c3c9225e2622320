using System.Text.Json.Nodes;
using Klever.Local.Cluster.Access;
using Klever.Local.Cluster.Objects;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>One verb on one resource: what a Role allows, and what a call uses.</summary>
internal sealed record Grant(string Group, string Resource, string Verb)
{
    private static readonly IReadOnlyList<JsonObject> Documents = [.. PlatformFixture.Options.Applied.SelectMany(applied => applied.Read())];

    /// <summary>The service accounts: one for each Service, and that of the sources, which is in each namespace.</summary>
    public static IReadOnlyList<string> Accounts { get; } =
    [
        .. Documents.Where(document => document.Kind() == "ServiceAccount").Select(account => account.Name()).Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whoever works by the name of an account in a namespace: an account of that namespace, else that of the functions.</summary>
    public static string User(string account, string space) => AccessRules.UserName(
        Documents.Any(document => document.Kind() == "ServiceAccount" && document.Name() == account && document.Namespace() == space)
            ? space
            : PlatformFixture.Home,
        account);

    /// <summary>What the Roles of a namespace allow.</summary>
    public static IReadOnlySet<Grant> Allowed(string user, string space) => Documents
        .Where(document => document.Kind() == "RoleBinding" && document.Namespace() == space
            && document.Objects("subjects").Any(subject => AccessRules.UserName(subject.Text("namespace") ?? space, subject.Text("name")!) == user))
        .SelectMany(binding => Documents.Where(role =>
            role.Kind() == "Role" && role.Namespace() == space && role.Name() == binding.Text("roleRef", "name")))
        .SelectMany(role => role.Objects("rules"))
        .SelectMany(rule => from apiGroup in rule.Texts("apiGroups")
                            from resource in rule.Texts("resources")
                            from verb in rule.Texts("verbs")
                            select new Grant(apiGroup, resource, verb))
        .ToHashSet();

    public static Grant Of(JsonNode call) => new(call.Text("group") ?? "", call.Text("resource") ?? "", call.Text("verb") ?? "");

    public override string ToString() => $"{Verb} {Resource}{(Group.Length == 0 ? "" : $".{Group}")}";
}
