using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>One verb on one resource: what a Role allows, and what a call uses.</summary>
internal sealed record Grant(string Group, string Resource, string Verb)
{
    public static Grant Of(JsonNode call) => new(call.Text("group") ?? "", call.Text("resource") ?? "", call.Text("verb") ?? "");

    public override string ToString() => $"{Verb} {Resource}{(Group.Length == 0 ? "" : $".{Group}")}";
}
