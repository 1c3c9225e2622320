using Microsoft.AspNetCore.Http;

namespace Klever.Eventing.CloudEvents;

/// <summary>Reads a request body whole, up to <see cref="EventLimits.MaximumBodyBytes"/>.</summary>
public static class RequestBody
{
    /// <exception cref="BadHttpRequestException">Status 413: the body is longer.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > EventLimits.MaximumBodyBytes)
        {
            throw TooLong();
        }

        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            content.Write(buffer, 0, count);
            if (content.Length > EventLimits.MaximumBodyBytes)
            {
                throw TooLong();
            }
        }

        return content.ToArray();
    }

    private static BadHttpRequestException TooLong() => new(
        $"the event is longer than {EventLimits.MaximumBodyBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
}
