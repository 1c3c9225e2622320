namespace Klever.Oci.Transport;

/// <summary>Reads a body that has to be held whole, up to a limit.</summary>
internal static class BoundedBody
{
    private const int FirstBufferBytes = 16 * 1024;

    /// <summary>The body, or its first bytes when <paramref name="cut"/> allows it and there are more than the maximum.</summary>
    /// <exception cref="OciContentException">It is larger than the maximum.</exception>
    /// <exception cref="RegistryException">The connection broke or nothing moved; the request may be made again.</exception>
    public static async Task<byte[]> ReadAsync(
        HttpResponseMessage response, int maximum, string document, TimeSpan timeout, CancellationToken cancellationToken, bool cut = false)
    {
        try
        {
            return await ReadPlainlyAsync(response, maximum, document, cut, timeout, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is (IOException and not OciContentException) or HttpRequestException or OperationCanceledException)
        {
            var request = response.RequestMessage!;
            throw ErrorReader.Unreachable(request.Method, request.RequestUri!, $"the {document} broke off", exception);
        }
    }

    private static async Task<byte[]> ReadPlainlyAsync(
        HttpResponseMessage response, int maximum, string document, bool cut, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var declared = response.Content.Headers.ContentLength;
        if (declared > maximum && !cut)
        {
            throw TooLarge(document, maximum);
        }

        using var activity = new ActivityTimeout(timeout, cancellationToken);
        var buffer = new byte[(int)Math.Min(declared ?? FirstBufferBytes, maximum) + 1];
        var length = 0;
        await using var stream = await response.Content.ReadAsStreamAsync(activity.Token);
        while (true)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(length), activity.Token);
            activity.Restart();
            length += count;
            if (count == 0 || length > maximum)
            {
                break;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maximum + 1L));
            }
        }

        return length <= maximum || cut ? buffer[..Math.Min(length, maximum)] : throw TooLarge(document, maximum);
    }

    private static OciContentException TooLarge(string document, int maximum) =>
        new(OciContentProblem.TooLarge, $"the {document} has more than {maximum} bytes, which is the most that is read.");
}
