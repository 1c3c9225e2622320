using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using Klever.Oci;

namespace Klever.Functions.Access;

/// <summary>The Harbor account that a request comes with: HTTP Basic, for people, robot accounts and OIDC users (by their CLI secret).</summary>
/// <remarks>Registry tokens (Bearer) are not taken: Harbor's REST API refuses them as well, and their seal could only be checked by a
/// request that does what the caller asks for.</remarks>
internal static class CallerCredential
{
    private const string Scheme = "Basic";

    // Base64 of user and password; Harbor's own limits are far below.
    private const int MaximumLength = 8 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The header as it came, to be passed on to Harbor and nowhere else.</summary>
    /// <exception cref="AccessDeniedException">There is none, or not one of Basic.</exception>
    public static AuthenticationHeaderValue RequireHeader(HttpRequest caller)
    {
        var header = caller.Headers.Authorization;
        return header.Count == 1 && header.ToString().Length <= MaximumLength
            && AuthenticationHeaderValue.TryParse(header.ToString(), out var credential)
            && string.Equals(credential.Scheme, Scheme, StringComparison.OrdinalIgnoreCase) && credential.Parameter is { Length: > 0 }
            ? credential
            : throw AccessDeniedException.Unauthenticated("Send your Harbor user or robot account with HTTP Basic authentication.");
    }

    /// <summary>The same as user and password, for a client that acts as the caller.</summary>
    /// <exception cref="AccessDeniedException">There is none, or it is not the base64 of <c>user:password</c>.</exception>
    public static RegistryCredential Require(HttpRequest caller) => TryDecode(RequireHeader(caller).Parameter!, out var credential)
        ? credential
        : throw AccessDeniedException.Unauthenticated("The Basic credential is not the base64 of user:password in UTF-8.");

    private static bool TryDecode(string parameter, [NotNullWhen(true)] out RegistryCredential? credential)
    {
        credential = null;
        try
        {
            var parts = StrictUtf8.GetString(Convert.FromBase64String(parameter)).Split(':', 2);
            credential = parts.Length == 2 ? new RegistryCredential(parts[0], parts[1]) : null;
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            // Answered as missing.
        }

        return credential is not null;
    }
}
