using System.Text.Json;

namespace Klever.Eventing.Pushes;

/// <summary>Members of a JSON element, absent when they are of another kind.</summary>
internal static class JsonReading
{
    public static bool Has(this JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind;

    public static JsonElement? Object(this JsonElement element, string name) =>
        element.Has(name, JsonValueKind.Object) ? element.GetProperty(name) : null;

    /// <summary>The text of a member; null when it is missing or empty.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Has(name, JsonValueKind.String) && element.GetProperty(name).GetString() is { Length: > 0 } text ? text : null;

    /// <summary>The elements of a member, at most <see cref="EventLimits.MaximumPushes"/> of them.</summary>
    public static IReadOnlyList<JsonElement> Array(this JsonElement element, string name) =>
        element.Has(name, JsonValueKind.Array)
            ? [.. element.GetProperty(name).EnumerateArray().Take(EventLimits.MaximumPushes)]
            : [];

    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Has(name, JsonValueKind.String) && element.GetProperty(name).TryGetDateTimeOffset(out var time) ? time : null;

    /// <summary>Seconds since 1970; null when out of what a date can be.</summary>
    public static DateTimeOffset? UnixSeconds(this JsonElement element, string name) =>
        element.Has(name, JsonValueKind.Number) && element.GetProperty(name).TryGetInt64(out var seconds)
        && seconds is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
