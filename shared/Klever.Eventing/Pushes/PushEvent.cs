using Klever.Models;

namespace Klever.Eventing.Pushes;

/// <summary>A manifest was pushed: what all sources of pushes come down to. Everything else is read from the
/// registry.</summary>
public sealed record PushEvent
{
    /// <summary>Who told it: the source of the CloudEvent, <c>harbor</c>, or <c>registry/</c> and the registry's
    /// address.</summary>
    public required string Source { get; init; }

    /// <summary>Id that the source gave the event; empty for Harbor's Default format, which has none. Good for logs
    /// only: two
    /// policies or two pushes of one digest have different ids.</summary>
    public required string Id { get; init; }

    /// <summary>With project, without registry: <c>team/nlp/bert</c>.</summary>
    public required string Repository { get; init; }

    public required Digest Digest { get; init; }

    /// <summary>Null for a push by digest: then the tags are looked up.</summary>
    public string? Tag { get; init; }

    /// <summary>Who pushed, for logs; never trusted.</summary>
    public string? Operator { get; init; }

    public DateTimeOffset? Time { get; init; }

    /// <summary><c>repository@digest</c>, the key of all deduplication.</summary>
    public string Key => $"{Repository}@{Digest}";
}
