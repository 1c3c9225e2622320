using System.Globalization;
using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.Oci.Harbor;

/// <summary>An artifact as Harbor's REST API lists it (swagger, model Artifact).</summary>
public sealed record HarborArtifact
{
    /// <summary>Project first.</summary>
    public required string Repository { get; init; }

    public required Digest Digest { get; init; }

    /// <summary>Media type of the config; what tells an ORMB model, since <c>type=MODEL</c> also holds for other vendors' models.</summary>
    public string? ConfigMediaType { get; init; }

    /// <summary>Bytes of manifest, config and layers together.</summary>
    public long Size { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The config as Harbor keeps it; integers beyond 2^53 are rounded on the way.</summary>
    public JsonObject? ExtraAttributes { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    public DateTimeOffset? PushTime { get; init; }

    public DateTimeOffset? PullTime { get; init; }

    public bool IsModel => ConfigMediaType == OrmbFile.MediaType;

    internal static HarborArtifact Read(JsonObject source, string repository) => new()
    {
        Repository = Text(source, "repository_name") ?? repository,
        Digest = Digest.TryParse(Text(source, "digest"), out var digest)
            ? digest
            : throw new HarborException($"Harbor lists an artifact of {repository} without a digest."),
        ConfigMediaType = Text(source, "media_type"),
        Size = source["size"] is JsonValue size && size.TryGetValue(out long bytes) ? bytes : 0,
        Tags = [.. (source["tags"] as JsonArray ?? []).OfType<JsonObject>().Select(tag => Text(tag, "name")).OfType<string>()],
        ExtraAttributes = source["extra_attrs"]?.DeepClone() as JsonObject,
        Annotations = (source["annotations"] as JsonObject ?? [])
            .Where(pair => pair.Value is JsonValue value && value.TryGetValue(out string? _))
            .ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>()),
        PushTime = Time(source, "push_time"),
        PullTime = Time(source, "pull_time"),
    };

    internal static string? Text(JsonObject source, string key) =>
        source[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    // Never pulled is the year 1 in Harbor.
    private static DateTimeOffset? Time(JsonObject source, string key) =>
        DateTimeOffset.TryParse(Text(source, key), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && time.Year > 1
            ? time
            : null;
}
