using System.Text.Json;

namespace Klever.Eventing.Sinks;

/// <summary>What a Knative SinkBinding puts into the environment.</summary>
public sealed record SinkOptions
{
    public required Uri Sink { get; init; }

    /// <summary>Extension attributes that every event gets (K_CE_OVERRIDES).</summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = new Dictionary<string, string>();

    /// <summary>Attempts in all.</summary>
    public int MaximumAttempts { get; init; } = 4;

    /// <summary>Wait before the second attempt; doubled before each further one.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest time for one attempt.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads K_SINK and K_CE_OVERRIDES; null when K_SINK is not set.</summary>
    /// <exception cref="FormatException">One of them is malformed.</exception>
    public static SinkOptions? FromEnvironment(Func<string, string?> variable)
    {
        if (variable("K_SINK") is not { Length: > 0 } sink)
        {
            return null;
        }

        return Uri.TryCreate(sink, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")
            ? new SinkOptions { Sink = uri, Extensions = ReadExtensions(variable("K_CE_OVERRIDES")) }
            : throw new FormatException($"K_SINK \"{sink}\" is not an http or https URL.");
    }

    private static Dictionary<string, string> ReadExtensions(string? overrides)
    {
        if (string.IsNullOrWhiteSpace(overrides))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(overrides);
            return document.RootElement.TryGetProperty("extensions", out var extensions)
                ? extensions.EnumerateObject().ToDictionary(e => e.Name, e => e.Value.GetString() ?? "")
                : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException(
                "K_CE_OVERRIDES is not JSON of the form {\"extensions\":{\"name\":\"value\"}}.", exception);
        }
    }
}
