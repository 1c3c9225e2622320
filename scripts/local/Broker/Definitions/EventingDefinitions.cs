using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Yaml;

namespace Klever.Local.Broker.Definitions;

/// <summary>What the YAML of <c>knative/</c> says of events. The files are those that are deployed: what runs here is what runs there.</summary>
internal sealed record EventingDefinitions(
    IReadOnlyList<TriggerDefinition> Triggers,
    IReadOnlyList<ApiServerSourceDefinition> ApiServerSources,
    IReadOnlyList<PingSourceDefinition> PingSources,
    IReadOnlyDictionary<string, DeliveryPolicy> Brokers)
{
    /// <summary>Reads every YAML file directly below a directory.</summary>
    public static EventingDefinitions ReadDirectory(string directory)
    {
        var documents = Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal)
            .SelectMany(YamlDocuments.ReadFile).ToList();
        return new EventingDefinitions(
            [.. Of(documents, "Trigger").Select(TriggerDefinition.Read)],
            [.. Of(documents, "ApiServerSource").Select(ApiServerSourceDefinition.Read)],
            [.. Of(documents, "PingSource").Select(PingSourceDefinition.Read)],
            Of(documents, "Broker").ToDictionary(
                broker => broker.Name(), broker => DeliveryPolicy.Read(broker.At("spec", "delivery")) ?? DeliveryPolicy.Default));
    }

    private static IEnumerable<JsonObject> Of(IEnumerable<JsonObject> documents, string kind) =>
        documents.Where(document => document.Kind() == kind);
}
