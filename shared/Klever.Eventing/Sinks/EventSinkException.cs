namespace Klever.Eventing.Sinks;

/// <summary>A sink did not take an event.</summary>
public sealed class EventSinkException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>HTTP status of the last attempt; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Whether another attempt later may succeed; if not, the sink says that the event is wrong.</summary>
    public bool IsTransient { get; init; }
}
