namespace Klever.Functions.Models.Upload;

/// <summary>What an upload became: the answer to the request that completed it.</summary>
/// <param name="Reference">With the registry.</param>
/// <param name="Digest">Of the manifest.</param>
/// <param name="Size">Bytes of the artifact: manifest, description and layer.</param>
internal sealed record UploadResult(string Reference, string Digest, long Size, string Format);
