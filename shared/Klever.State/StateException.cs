namespace Klever.State;

/// <summary>The state store failed: it is not about the value or who was faster.</summary>
public sealed class StateException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether another attempt may succeed; false for a wrong configuration.</summary>
    public bool IsTransient { get; init; } = true;
}
