using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Yaml;

namespace Klever.Local.Broker.Definitions;

/// <summary>What the YAML of <c>knative/</c> says of events. The files are those that are deployed: what runs here is what runs there.</summary>
/// <param name="Brokers">By <c>NAMESPACE/NAME</c>.</param>
internal sealed record EventingDefinitions(
    IReadOnlyList<TriggerDefinition> Triggers,
    IReadOnlyList<ApiServerSourceDefinition> ApiServerSources,
    IReadOnlyList<PingSourceDefinition> PingSources,
    IReadOnlyDictionary<string, DeliveryPolicy> Brokers)
{
    /// <exception cref="FormatException">Something is not played here, or a Trigger or source has no broker.</exception>
    public static EventingDefinitions Read(IEnumerable<AppliedDirectory> applied)
    {
        var documents = applied.SelectMany(directory => directory.Read()).ToList();
        var definitions = new EventingDefinitions(
            [.. Of(documents, "Trigger").Select(TriggerDefinition.Read)],
            [.. Of(documents, "ApiServerSource").Select(ApiServerSourceDefinition.Read)],
            [.. Of(documents, "PingSource").Select(PingSourceDefinition.Read)],
            Of(documents, "Broker").ToDictionary(
                broker => $"{broker.Namespace()}/{broker.Name()}",
                broker => DeliveryPolicy.Read(broker.At("spec", "delivery"), broker.Namespace()) ?? DeliveryPolicy.Default));
        definitions.RequireBrokers();
        return definitions;
    }

    // As on a cluster, where neither would become ready.
    private void RequireBrokers()
    {
        var asked = Triggers.Select(trigger => ($"Trigger {trigger.Name}", trigger.Broker))
            .Concat(ApiServerSources.Select(source => ($"ApiServerSource {source.Namespace}/{source.Name}", source.Sink.Broker)))
            .Concat(PingSources.Select(source => ($"PingSource {source.Name}", source.Sink.Broker)));
        foreach (var (who, broker) in asked.Where(pair => !Brokers.ContainsKey(pair.Item2)))
        {
            throw new FormatException($"{who}: there is no broker {broker}; there are {string.Join(", ", Brokers.Keys)}.");
        }
    }

    private static IEnumerable<JsonObject> Of(IEnumerable<JsonObject> documents, string kind) =>
        documents.Where(document => document.Kind() == kind);
}
