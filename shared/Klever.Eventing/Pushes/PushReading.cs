namespace Klever.Eventing.Pushes;

/// <summary>What a notification amounts to. An envelope of several events may hold pushes and others side by
/// side.</summary>
public sealed record PushReading
{
    public required PushFormat Format { get; init; }

    public IReadOnlyList<PushEvent> Pushes { get; init; } = [];

    /// <summary>Why the rest needs no work, such as "a signature" or "not a push"; for the log.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>What is wrong with the notification, or with the first wrong event of an envelope; null when all is
    /// well.</summary>
    public string? Malformed { get; init; }
}
