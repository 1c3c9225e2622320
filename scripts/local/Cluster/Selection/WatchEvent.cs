using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Selection;

/// <summary>One event of a watch.</summary>
/// <param name="Type">ADDED, MODIFIED or DELETED.</param>
internal sealed record WatchEvent(string Type, JsonObject Item, long Revision);
