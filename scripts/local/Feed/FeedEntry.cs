using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Feed;

/// <summary>One thing that happened on the platform.</summary>
/// <param name="Kind">webhook, registry, event, delivery or object.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Detail">The same for programs.</param>
public sealed record FeedEntry(long Number, DateTimeOffset Time, string Kind, string Summary, JsonObject Detail)
{
    public JsonObject ToJson() => new()
    {
        ["number"] = Number,
        ["time"] = Timestamp.Microseconds(Time),
        ["kind"] = Kind,
        ["summary"] = Summary,
        ["detail"] = Detail.DeepClone(),
    };
}
