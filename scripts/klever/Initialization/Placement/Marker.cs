using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.CommandLine.Initialization.Layouts;
using Klever.Models;

namespace Klever.CommandLine.Initialization.Placement;

/// <summary>What the directory of a model says of itself: a restart finds in it that nothing is to be done, and a run
/// after one that was killed, what it may replace.</summary>
/// <param name="Model">The manifest whose files are there in whole; null while they are replaced.</param>
/// <param name="Settings">Hash of everything else that decides what is there.</param>
/// <param name="Entries">Names directly in the directory that are ours.</param>
internal sealed record Marker(Digest? Model, string Settings, IReadOnlyList<string> Entries)
{
    public const string FileName = LayoutPlan.ReservedPrefix + ".json";

    private const int MaximumBytes = 4 * 1024 * 1024;

    /// <summary>The marker of a directory; null when there is none that can be read.</summary>
    public static Marker? Read(string directory)
    {
        var file = new FileInfo(Path.Combine(directory, FileName));
        if (!file.Exists || file.Length > MaximumBytes)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(File.ReadAllBytes(file.FullName)) is JsonObject document ? Read(document) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Replaces the marker in one step.</summary>
    /// <param name="staging">A directory on the same volume.</param>
    public void Write(string directory, string staging)
    {
        var document = new JsonObject
        {
            ["model"] = Model?.ToString(),
            ["settings"] = Settings,
            ["entries"] = new JsonArray([.. Entries.Select(e => (JsonNode)JsonValue.Create(e))]),
        };
        var temporary = Path.Combine(staging, FileName);
        DurableFile.Write(temporary, Encoding.UTF8.GetBytes(document.ToJsonString() + "\n"));
        File.Move(temporary, Path.Combine(directory, FileName), overwrite: true);
    }

    /// <summary>Whether everything that was put there is still there.</summary>
    public bool IsWhole(string directory) => Entries.All(e => Path.Exists(Path.Combine(directory, e)));

    private static Marker Read(JsonObject document) => new(
        Digest.TryParse((string?)document["model"], out var digest) ? digest : null,
        (string?)document["settings"] ?? "",
        [.. (document["entries"] as JsonArray ?? []).Select(e => (string?)e ?? "").Where(IsName)]);

    private static bool IsName(string entry) =>
        entry is not ("" or "." or "..") && entry.AsSpan().IndexOfAny('/', '\\', '\0') < 0
        && !entry.StartsWith(LayoutPlan.ReservedPrefix, StringComparison.Ordinal);
}
