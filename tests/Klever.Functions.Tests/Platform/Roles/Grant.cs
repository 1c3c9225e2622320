using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Yaml;
using Klever.Testing;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>One verb on one resource: what a Role allows, and what a call uses.</summary>
internal sealed record Grant(string Group, string Resource, string Verb)
{
    private static readonly IReadOnlyList<JsonObject> Documents =
    [
        .. Directory.EnumerateFiles(Path.Combine(SharedFolder.Repository, "knative", "base"), "*.yaml").SelectMany(YamlDocuments.ReadFile),
    ];

    /// <summary>The Services that run functions: those that set KLEVER_FUNCTIONS.</summary>
    public static IReadOnlyList<string> Services { get; } =
    [
        .. Documents.Where(document => document.Kind() == "Service"
                && document.Objects("spec", "template", "spec", "containers").SelectMany(container => container.Objects("env"))
                    .Any(variable => variable.Text("name") == "KLEVER_FUNCTIONS"))
            .Select(document => document.Name())
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What the Role of a Service allows.</summary>
    public static IReadOnlySet<Grant> Allowed(string service) => Documents
        .Where(document => document.Kind() == "Role" && document.Name() == service)
        .SelectMany(role => role.Objects("rules"))
        .SelectMany(rule => from apiGroup in rule.Texts("apiGroups")
                            from resource in rule.Texts("resources")
                            from verb in rule.Texts("verbs")
                            select new Grant(apiGroup, resource, verb))
        .ToHashSet();

    public static Grant Of(JsonNode call) => new(call.Text("group") ?? "", call.Text("resource") ?? "", call.Text("verb") ?? "");

    public override string ToString() => $"{Verb} {Resource}{(Group.Length == 0 ? "" : $".{Group}")}";
}
