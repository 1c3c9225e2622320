namespace Klever.Testing.Dapr;

/// <summary>A component refuses. The sidecar makes Aborted of an etag that does not match, and Internal of everything else.</summary>
public sealed class ComponentException(bool isETagMismatch, string message) : Exception(message)
{
    public bool IsETagMismatch { get; } = isETagMismatch;

    public static ComponentException Mismatch() => new(isETagMismatch: true, "possible etag mismatch");

    public static ComponentException Failure(string message) => new(isETagMismatch: false, message);
}
