using System.IO.Compression;
using System.Security.Cryptography;

namespace Klever.Benchmarks.Extract;

/// <summary>The least that a verified look into a layer costs in .NET: take the blob from HTTP, hash it, inflate it.</summary>
internal static class ExtractFloor
{
    private const int BufferLength = 128 * 1024;

    public static async Task RunAsync(Uri blob)
    {
        using var client = new HttpClient();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var body = await client.GetStreamAsync(blob);
        await using var hashed = new HashedStream(body, hash);
        await using var content = new GZipStream(hashed, CompressionMode.Decompress);
        var buffer = new byte[BufferLength];
        var inflated = 0L;
        for (var read = await content.ReadAsync(buffer); read > 0; read = await content.ReadAsync(buffer))
        {
            inflated += read;
        }

        Console.WriteLine($"{inflated} sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }
}
