using System.Text.Json.Nodes;
using Klever.Testing;
using Klever.Testing.Schemas;

namespace Klever.Functions.Tests.Knative;

/// <summary>The objects of <c>knative/base</c>, in the words that the functions have for them.</summary>
internal static class KnativeFiles
{
    public static readonly string Directory = Path.Combine(SharedFolder.Repository, "knative");

    private static readonly IReadOnlyList<JsonObject> All =
        [.. System.IO.Directory.GetFiles(Path.Combine(Directory, "base"), "*.yaml").SelectMany(file => YamlJson.Read(File.ReadAllText(file)))];

    public static IReadOnlyList<KnativeService> Services { get; } =
        [.. Of("Service").Select(service => new KnativeService(service))];

    public static IReadOnlyList<(string Name, string Type, string? Kind, string Subscriber)> Triggers { get; } =
    [
        .. Of("Trigger").Select(trigger => (
            (string)trigger["metadata"]!["name"]!,
            (string)trigger["spec"]!["filter"]!["attributes"]!["type"]!,
            (string?)trigger["spec"]!["filter"]!["attributes"]!["kind"],
            (string)trigger["spec"]!["subscriber"]!["ref"]!["name"]!)),
    ];

    /// <summary>The paths of all dead letter sinks.</summary>
    public static IEnumerable<string> DeadLetterPaths => Of("Trigger").Concat(Of("Broker")).Select(d => (string)d["spec"]!["delivery"]!["deadLetterSink"]!["uri"]!);

    private static IEnumerable<JsonObject> Of(string kind) => All.Where(document => (string?)document["kind"] == kind);
}
