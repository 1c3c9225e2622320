using System.Text.Json.Nodes;

namespace Klever.Models;

/// <summary>What a Job tells the trusted side when it ends (DESIGN.md, section 4.4). Exactly one of <see cref="Signature"/>,
/// <see cref="Result"/> and <see cref="Failure"/> is there.</summary>
public sealed record JobReport
{
    /// <summary>Version of the document; a reader refuses a newer one.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Name of the ModelJob; null when run by hand.</summary>
    public string? Job { get; init; }

    /// <summary>The model that was read: reference and digest of its manifest.</summary>
    public required JobArtifact Source { get; init; }

    /// <summary>What an extraction found.</summary>
    public Signature? Signature { get; init; }

    /// <summary>The files of the model whose content was looked at, as the archive names them; the others passed by.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What a conversion pushed.</summary>
    public JobArtifact? Result { get; init; }

    /// <summary>A sentence that says what went wrong and what to do.</summary>
    public string? Failure { get; init; }

    public long ElapsedMilliseconds { get; init; }

    public JsonObject ToJson()
    {
        var document = new JsonObject { ["version"] = CurrentVersion };
        Set(document, "job", Job);
        document["source"] = Source.ToJson();
        Set(document, "signature", Signature is null ? null : SignatureJson.Write(Signature));
        Set(document, "files", Files.Count == 0 ? null : new JsonArray([.. Files.Select(file => (JsonNode)JsonValue.Create(file))]));
        Set(document, "result", Result?.ToJson());
        Set(document, "failure", Failure);
        document["elapsedMs"] = ElapsedMilliseconds;
        return document;
    }

    /// <exception cref="FormatException">The document is not a report, or of a newer version.</exception>
    public static JobReport FromJson(JsonObject document)
    {
        if (document["version"] is not JsonValue version || !version.TryGetValue(out int number) || number != CurrentVersion)
        {
            throw new FormatException($"the report has no version {CurrentVersion}; image and functions must be of one release.");
        }

        var source = document["source"] as JsonObject ?? throw new FormatException("the report names no source.");
        return new JobReport
        {
            Job = JobArtifact.Text(document, "job"),
            Source = JobArtifact.FromJson(source),
            Signature = document["signature"] is { } signature ? SignatureJson.Read(signature) : null,
            Files = document["files"] is JsonArray files ? [.. files.Select(file => file?.ToString() ?? "")] : [],
            Result = document["result"] is JsonObject result ? JobArtifact.FromJson(result) : null,
            Failure = JobArtifact.Text(document, "failure"),
            ElapsedMilliseconds = document["elapsedMs"] is JsonValue elapsed && elapsed.TryGetValue(out long milliseconds)
                ? milliseconds
                : 0,
        };
    }

    private static void Set(JsonObject document, string key, JsonNode? value)
    {
        if (value is not null)
        {
            document[key] = value;
        }
    }
}
