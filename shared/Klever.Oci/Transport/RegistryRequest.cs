using System.Net.Http.Headers;

namespace Klever.Oci.Transport;

/// <summary>One request as a value, so that it can be sent again after a challenge, a pause or a redirect.</summary>
internal sealed record RegistryRequest
{
    public required HttpMethod Method { get; init; }

    public required Uri Uri { get; init; }

    /// <summary>The rights it needs, as token scopes: <c>repository:project/model:pull,push</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public string? Accept { get; init; }

    public RangeHeaderValue? Range { get; init; }

    /// <summary>Makes the body, once for each time that it is sent.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>Whether the registry should say yes before a large body travels.</summary>
    public bool ExpectContinue { get; init; }

    /// <summary>Times it is sent at most when the trouble may pass; 1 for what cannot be repeated.</summary>
    public int Attempts { get; init; } = OciLimits.MaximumAttempts;

    /// <summary>Whether the body can still be sent; false once the only copy of it has left.</summary>
    public Func<bool> CanSend { get; init; } = static () => true;

    public HttpRequestMessage ToMessage(Uri uri, AuthenticationHeaderValue? authorization, string userAgent)
    {
        var message = new HttpRequestMessage(Method, uri) { Content = Body?.Invoke() };
        message.Headers.Authorization = authorization;
        message.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        message.Headers.Range = Range;
        if (Accept is not null)
        {
            message.Headers.TryAddWithoutValidation("Accept", Accept);
        }

        if (ExpectContinue)
        {
            message.Headers.ExpectContinue = true;
        }

        return message;
    }
}
