using System.Text.Json.Nodes;

namespace Klever.Models;

/// <summary>An artifact that a Job read or wrote.</summary>
/// <param name="Reference">As the Job was given it.</param>
/// <param name="Digest">Digest of its manifest; null when the Job failed before it knew.</param>
/// <param name="Size">Bytes of the layer; null when not told.</param>
public sealed record JobArtifact(string Reference, Digest? Digest, long? Size = null)
{
    public JsonObject ToJson()
    {
        var document = new JsonObject { ["reference"] = Reference };
        if (Digest is not null)
        {
            document["digest"] = Digest.ToString();
        }

        if (Size is not null)
        {
            document["size"] = Size;
        }

        return document;
    }

    internal static JobArtifact FromJson(JsonObject document) => new(
        Text(document, "reference") ?? throw new FormatException("an artifact of the report has no reference."),
        Text(document, "digest") is { } digest ? Digest.Parse(digest) : null,
        document["size"] is JsonValue size && size.TryGetValue(out long bytes) ? bytes : null);

    internal static string? Text(JsonObject document, string key) =>
        document[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
