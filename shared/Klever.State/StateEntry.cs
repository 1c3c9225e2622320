namespace Klever.State;

/// <param name="Value">As it was saved.</param>
/// <param name="ETag">Changes with every save; opaque.</param>
public sealed record StateEntry(ReadOnlyMemory<byte> Value, string ETag);
