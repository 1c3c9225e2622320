using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Klever.Oci.Transport;

/// <summary>Reads lists that come in pages, each with a <c>Link</c> to the next (distribution specification, "Listing Tags").</summary>
internal static class PageReader
{
    public static async IAsyncEnumerable<JsonElement> ReadAsync(
        RegistryTransport transport, Uri first, IReadOnlyList<string> scopes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = first;
        for (var page = 0; next is not null; page++)
        {
            if (page == OciLimits.MaximumPages)
            {
                throw new OciContentException(
                    OciContentProblem.TooLarge, $"{RegistryException.Redact(first)} has more than {OciLimits.MaximumPages} pages.");
            }

            var request = new RegistryRequest { Method = HttpMethod.Get, Uri = next, Scopes = scopes };
            using var response = await transport.SendAsync(request, cancellationToken, HttpStatusCode.OK);
            var body = await BoundedBody.ReadAsync(
                response, OciLimits.MaximumPageBytes, "list", transport.Options.ActivityTimeout, cancellationToken);
            yield return OciJson.ParseObject(body, "list", OciLimits.MaximumPageBytes);
            next = Next(response, next, transport.Options.Address);
        }
    }

    public static IEnumerable<string> Strings(JsonElement page, string name)
    {
        if (!page.TryGetProperty(name, out var values) || values.ValueKind == JsonValueKind.Null)
        {
            return []; // A repository that lost its last tag: "tags": null.
        }

        return values.ValueKind == JsonValueKind.Array && values.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String)
            ? values.EnumerateArray().Select(v => v.GetString()!)
            : throw OciJson.Malformed("list", $"\"{name}\" is not an array of strings");
    }

    // Link: </v2/a/tags/list?n=2&last=b>; rel="next" (RFC 8288; registries give one link, mostly relative).
    private static Uri? Next(HttpResponseMessage response, Uri current, Uri registry)
    {
        var link = RegistryTransport.Header(response, "Link");
        var (open, close) = (link?.IndexOf('<') ?? -1, link?.IndexOf('>') ?? -1);
        if (open < 0 || close < open || !link![close..].Contains("next", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var next = LocationRules.Resolve(HttpMethod.Get, current, link[(open + 1)..close], registry);
        return next == current ? null : next;
    }
}
