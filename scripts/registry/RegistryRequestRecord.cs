namespace Klever.Registry;

/// <summary>A request that the registry got.</summary>
/// <param name="Path">With its query.</param>
/// <param name="Authorization">As sent; null when none was.</param>
/// <param name="Range">As sent; null when none was.</param>
/// <param name="BytesReceived">Of the body.</param>
public sealed record RegistryRequestRecord(
    string Method, string Path, int Status, string? Authorization, string? Range, long BytesReceived);
