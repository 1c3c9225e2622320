using System.Buffers.Text;
using System.Text.Json;

namespace Klever.Functions.Access;

/// <summary>Reads the granted actions out of a registry token (a JWT whose claim <c>access</c> lists them).</summary>
/// <remarks>Its seal is not checked: it comes from Harbor itself over our own connection, and only Harbor will act on it.</remarks>
internal static class RegistryToken
{
    private const int MaximumBytes = 256 * 1024;

    /// <exception cref="HttpRequestException">The answer is not a token, as when something before Harbor answers with a page.</exception>
    public static async Task<IReadOnlySet<string>> ActionsAsync(
        Stream answer, string repository, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaximumBytes];
        var length = await answer.ReadAtLeastAsync(buffer, MaximumBytes, throwOnEndOfStream: false, cancellationToken);
        try
        {
            return Read(buffer.AsMemory(0, length), repository);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new HttpRequestException("The token endpoint answered with something that is not a token.", exception);
        }
    }

    private static HashSet<string> Read(ReadOnlyMemory<byte> answer, string repository)
    {
        using var document = JsonDocument.Parse(answer);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("not an object");
        }

        var token = Text(document.RootElement, "token") ?? Text(document.RootElement, "access_token");
        var parts = token?.Split('.') ?? [];
        if (parts.Length != 3)
        {
            return [];
        }

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        return Actions(claims.RootElement, repository);
    }

    private static HashSet<string> Actions(JsonElement claims, string repository)
    {
        var actions = new HashSet<string>(StringComparer.Ordinal);
        if (!claims.TryGetProperty("access", out var access) || access.ValueKind != JsonValueKind.Array)
        {
            return actions;
        }

        foreach (var grant in access.EnumerateArray().Where(grant => Text(grant, "name") == repository))
        {
            if (grant.TryGetProperty("actions", out var names) && names.ValueKind == JsonValueKind.Array)
            {
                actions.UnionWith(names.EnumerateArray().Select(name => name.GetString() ?? ""));
            }
        }

        return actions;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
