using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Broker.Delivery;

/// <summary>One attempt to deliver an event.</summary>
/// <param name="Status">HTTP status of the subscriber; null when it did not answer.</param>
/// <param name="Outcome">delivered, replied, retried or dead.</param>
internal sealed record DeliveryRecord(
    DateTimeOffset Time, string Trigger, string EventType, string EventId, string Subscriber, int Attempt, int? Status, string Outcome)
{
    public JsonObject ToJson() => new()
    {
        ["time"] = Timestamp.Microseconds(Time),
        ["trigger"] = Trigger,
        ["type"] = EventType,
        ["id"] = EventId,
        ["subscriber"] = Subscriber,
        ["attempt"] = Attempt,
        ["status"] = Status,
        ["outcome"] = Outcome,
    };
}
