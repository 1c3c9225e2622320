using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Printing;

/// <summary>One column and how its cell is made from an object at a time.</summary>
internal sealed record TableColumn(string Name, string Type, int Priority, Func<JsonObject, DateTimeOffset, JsonNode?> Cell);
