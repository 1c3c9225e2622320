using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Broker.Definitions;

/// <summary>A Trigger: which events of a broker go where (eventing.knative.dev/v1).</summary>
/// <param name="Broker"><c>NAMESPACE/NAME</c>: a Trigger is always in the namespace of its broker.</param>
/// <param name="Filter">Which events.</param>
/// <param name="Subscriber">Where they go.</param>
/// <param name="Delivery">How often it is tried; the broker's own when the Trigger says nothing.</param>
internal sealed record TriggerDefinition(
    string Name, string Broker, EventFilter Filter, SubscriberReference Subscriber, DeliveryPolicy? Delivery)
{
    public static TriggerDefinition Read(JsonObject source) => new(
        source.Name(),
        $"{source.Namespace()}/{source.Text("spec", "broker") ?? "default"}",
        EventFilter.Read(source["spec"]),
        SubscriberReference.Read(source, "spec", "subscriber"),
        DeliveryPolicy.Read(source.At("spec", "delivery"), source.Namespace()));
}
