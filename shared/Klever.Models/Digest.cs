using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Klever.Models;

/// <summary>The content address of a blob or manifest: <c>algorithm:hex</c> (OCI image specification, descriptor.md, "Digests").</summary>
/// <remarks>Only <c>sha256</c> and <c>sha512</c>, the two registered algorithms, are accepted; the hex is lower case.</remarks>
public sealed record Digest
{
    private const int Sha256HexLength = 64;
    private const int Sha512HexLength = 128;

    private Digest(string algorithm, string hex)
    {
        Algorithm = algorithm;
        Hex = hex;
    }

    public string Algorithm { get; }

    public string Hex { get; }

    /// <summary>The first 12 hex digits: for people, never for comparison.</summary>
    public string Short => Hex[..12];

    public static Digest Parse(string text) =>
        TryParse(text, out var digest)
            ? digest
            : throw new FormatException($"\"{Excerpt.Of(text)}\" is not a digest; expected sha256: and {Sha256HexLength} lower-case hex digits.");

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = null;
        var colon = text?.IndexOf(':') ?? -1;
        if (colon < 0)
        {
            return false;
        }

        var algorithm = text![..colon];
        var hex = text[(colon + 1)..];
        var expected = algorithm switch { "sha256" => Sha256HexLength, "sha512" => Sha512HexLength, _ => -1 };
        if (hex.Length != expected || !hex.All(c => c is >= '0' and <= '9' or >= 'a' and <= 'f'))
        {
            return false;
        }

        digest = new Digest(algorithm, hex);
        return true;
    }

    /// <summary>The sha256 digest of <paramref name="content"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) => FromSha256(SHA256.HashData(content));

    /// <summary>A digest from the 32 bytes that SHA-256 gave.</summary>
    public static Digest FromSha256(ReadOnlySpan<byte> hash) => new("sha256", Convert.ToHexStringLower(hash));

    public override string ToString() => $"{Algorithm}:{Hex}";
}
