using System.Security.Cryptography;
using System.Text;
using Klever.Functions.Hosting;

namespace Klever.Functions.HarborPush;

/// <summary>Lets a webhook in only when its <c>Authorization</c> is, as a whole, one of the configured values.</summary>
/// <remarks>Hashes are compared, in constant time and always against every value, so neither length nor place of a difference shows.</remarks>
internal sealed class WebhookAuthorization(WebhookSettings settings) : IEndpointFilter
{
    private readonly byte[][] _accepted =
        [.. settings.Authorization.Select(value => SHA256.HashData(Encoding.UTF8.GetBytes(value)))];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return Accepts(request.Headers.Authorization.ToString()) ? await next(context) : Challenge(context.HttpContext.Response);
    }

    private bool Accepts(string presented)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(presented));
        var accepted = false;
        foreach (var value in _accepted)
        {
            accepted |= CryptographicOperations.FixedTimeEquals(value, hash);
        }

        return accepted;
    }

    private static IResult Challenge(HttpResponse response)
    {
        response.Headers.WWWAuthenticate = "Bearer realm=\"klever\"";
        return Problems.Of(
            StatusCodes.Status401Unauthorized,
            "The Authorization header is missing or is not the one of this webhook; set auth_header of Harbor's webhook policy to it.");
    }
}
