using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Broker.Definitions;

/// <summary>A PingSource: an event by the clock (sources.knative.dev/v1).</summary>
internal sealed record PingSourceDefinition(
    string Namespace, string Name, CronSchedule Schedule, string ContentType, string Data, SubscriberReference Sink)
{
    public static PingSourceDefinition Read(JsonObject source) => new(
        source.Namespace(),
        source.Name(),
        CronSchedule.Parse(source.Text("spec", "schedule") ?? "* * * * *"),
        source.Text("spec", "contentType") ?? "application/json",
        source.Text("spec", "data") ?? "{}",
        SubscriberReference.Read(source, "spec", "sink"));
}
