using System.Text.Json;

namespace Klever.Oci.Authentication;

/// <summary>The answer of a token endpoint (distribution, "Token Authentication Specification"). Harbor sends an
/// <c>access_token</c> that is empty beside the <c>token</c> that counts.</summary>
internal static class TokenResponse
{
    // Tokens are renewed when this share of their life is over, so that a request never starts with one about to expire.
    private const double UsedShare = 0.8;

    public static RegistryToken Read(ReadOnlySpan<byte> utf8, DateTimeOffset now)
    {
        var document = OciJson.ParseObject(utf8, "answer of the token endpoint", OciLimits.MaximumTokenBytes);
        var value = Text(document, "token") ?? Text(document, "access_token")
            ?? throw OciJson.Malformed("answer of the token endpoint", "it has neither token nor access_token");
        var life = document.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number
            && seconds.TryGetInt32(out var given) && given > 0
            ? TimeSpan.FromSeconds(given)
            : OciLimits.DefaultTokenLife;
        return new RegistryToken(value, now + (life * UsedShare));
    }

    private static string? Text(JsonElement document, string name) =>
        OciJson.OptionalString(document, name, "answer of the token endpoint") is { Length: > 0 } text
            && text.All(c => c is > ' ' and < '\x7f')
            ? text
            : null;
}
