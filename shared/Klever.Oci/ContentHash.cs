using System.Security.Cryptography;
using Klever.Models;

namespace Klever.Oci;

/// <summary>Counts and hashes content while it passes, by the algorithm that a digest names.</summary>
internal sealed class ContentHash(string algorithm) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(
        algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);

    public long Length { get; private set; }

    public static Digest Of(string algorithm, ReadOnlySpan<byte> content) => algorithm == "sha512"
        ? Parse(algorithm, SHA512.HashData(content))
        : Digest.Of(content);

    public void Append(ReadOnlySpan<byte> content)
    {
        _hash.AppendData(content);
        Length += content.Length;
    }

    public Digest Finish() => Parse(algorithm, _hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private static Digest Parse(string algorithm, byte[] hash) => Digest.Parse($"{algorithm}:{Convert.ToHexStringLower(hash)}");
}
