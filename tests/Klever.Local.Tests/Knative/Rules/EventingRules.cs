using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Klever.Local.Broker.Definitions;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Tests.Knative.Rules;

/// <summary>What the webhooks of Knative Eventing refuse although the schema allows it, or what needs a feature that is off.</summary>
internal static class EventingRules
{
    private static readonly string[] DeliveryFields = ["retry", "backoffPolicy", "backoffDelay", "timeout", "deadLetterSink"];

    public static IEnumerable<string> Problems(JsonObject document) => document.Kind() switch
    {
        "Trigger" => Trigger(document),
        "Broker" => Broker(document),
        "ApiServerSource" => ApiServerSource(document),
        "PingSource" => PingSource(document),
        _ => [],
    };

    private static IEnumerable<string> Trigger(JsonObject trigger) =>
    [
        .. Unless(trigger.Text("spec", "broker") is { Length: > 0 }, "spec.broker is missing"),
        .. Destination(trigger.At("spec", "subscriber"), "spec.subscriber"),
        .. trigger.Map("spec", "filter", "attributes").Keys.Where(name => !name.All(char.IsAsciiLetterOrDigit) || name.Any(char.IsAsciiLetterUpper))
            .Select(name => $"\"{name}\" is no attribute of an event"),
        .. Delivery(trigger.At("spec", "delivery")),
    ];

    private static IEnumerable<string> Broker(JsonObject broker)
    {
        var annotations = broker.Map("metadata", "annotations");
        var isKafka = annotations.GetValueOrDefault("eventing.knative.dev/broker.class") == "Kafka";
        return
        [
            .. Unless(annotations.ContainsKey("eventing.knative.dev/broker.class"), "the class is left to the cluster's default"),
            .. Unless(!isKafka || broker.Text("spec", "config", "name") is not null, "a Kafka broker needs spec.config"),
            .. Unless(isKafka || annotations.GetValueOrDefault("messaging.knative.dev/async-handler") == "true", "the sender waits for all Triggers"),
            .. Delivery(broker.At("spec", "delivery")),
        ];
    }

    private static IEnumerable<string> ApiServerSource(JsonObject source)
    {
        var resources = source.Objects("spec", "resources").ToList();
        return
        [
            .. Unless(source.Text("spec", "mode") is "Resource" or "Reference", "spec.mode is neither Resource nor Reference"),
            .. Unless(resources.Count > 0, "spec.resources is empty"),
            .. resources.Where(r => r.Text("apiVersion") is not { Length: > 0 } || r.Text("kind") is not { Length: > 0 }).Select(_ => "a resource without apiVersion or kind"),
            .. Unless(source.At("spec", "filters") is null, "spec.filters needs the feature new-apiserversource-filters"),
            .. Destination(source.At("spec", "sink"), "spec.sink"),
        ];
    }

    private static IEnumerable<string> PingSource(JsonObject source)
    {
        var data = source.Text("spec", "data");
        return
        [
            .. Fails<FormatException>(() => CronSchedule.Parse(source.Text("spec", "schedule") ?? ""), "spec.schedule"),
            .. Unless(data is null || source.Text("spec", "dataBase64") is null, "data and dataBase64"),
            .. source.Text("spec", "contentType") == "application/json" && data is not null ? Fails<JsonException>(() => JsonNode.Parse(data), "spec.data") : [],
            .. Destination(source.At("spec", "sink"), "spec.sink"),
        ];
    }

    // The schema of a Trigger keeps unknown fields. retry without both backoff fields would mean no pause at all.
    private static IEnumerable<string> Delivery(JsonNode? delivery) => delivery is null ? ["there is no delivery"] :
    [
        .. Unless(delivery.Number("retry") is >= 1 and <= 10, "delivery.retry is not between 1 and 10"),
        .. Unless(delivery.Text("backoffPolicy") is "exponential" or "linear", "delivery.backoffPolicy is neither exponential nor linear"),
        .. Duration(delivery, "backoffDelay"),
        .. Duration(delivery, "timeout"),
        .. delivery.AsObject().Select(field => field.Key).Except(DeliveryFields).Select(field => $"delivery.{field} is unknown, or a feature that is off"),
        .. Destination(delivery.At("deadLetterSink"), "delivery.deadLetterSink"),
    ];

    private static IEnumerable<string> Duration(JsonNode delivery, string name)
    {
        try
        {
            return Unless(XmlConvert.ToTimeSpan(delivery.Text(name) ?? "") > TimeSpan.Zero, $"delivery.{name} is not above zero");
        }
        catch (FormatException)
        {
            return [$"delivery.{name} is no ISO 8601 duration"];
        }
    }

    private static IEnumerable<string> Destination(JsonNode? destination, string place)
    {
        var reference = destination.At("ref");
        var isReference = reference.Text("apiVersion") is not null && reference.Text("kind") is not null && reference.Text("name") is not null;
        var uri = destination.Text("uri");
        return Unless(isReference ? uri is null || uri.StartsWith('/') : Uri.TryCreate(uri, UriKind.Absolute, out _), $"{place} names nobody");
    }

    private static IEnumerable<string> Fails<TException>(Func<object?> read, string place)
        where TException : Exception
    {
        try
        {
            read();
            return [];
        }
        catch (TException exception)
        {
            return [$"{place}: {exception.Message}"];
        }
    }

    private static IEnumerable<string> Unless(bool holds, string problem) => holds ? [] : [problem];
}
