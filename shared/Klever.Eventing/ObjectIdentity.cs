using System.Text.Json.Nodes;

namespace Klever.Eventing;

/// <summary>The Kubernetes object that an event speaks of.</summary>
public sealed record ObjectIdentity(string Namespace, string Name, string Uid)
{
    internal JsonObject ToJson() => new() { ["namespace"] = Namespace, ["name"] = Name, ["uid"] = Uid };
}
