using Microsoft.AspNetCore.Http.Features;

namespace Klever.Functions.Cluster;

/// <summary>A log that goes on: text, sent as it comes, until the container ends, the caller leaves or the time is over.</summary>
internal sealed class FollowedLog(Stream log) : IResult
{
    /// <summary>How long one answer goes on at most; the caller asks again.</summary>
    public static readonly TimeSpan MaximumDuration = TimeSpan.FromHours(1);

    private const int ChunkBytes = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        end.CancelAfter(MaximumDuration);
        await using (log)
        {
            await CopyAsync(response, end.Token);
        }
    }

    private async Task CopyAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var chunk = new byte[ChunkBytes];
        try
        {
            await response.StartAsync(cancellationToken);
            for (int count; (count = await log.ReadAsync(chunk, cancellationToken)) > 0;)
            {
                await response.Body.WriteAsync(chunk.AsMemory(0, count), cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller left, the process stops or the time is over: what was sent is whole lines or the beginning of one.
        }
    }
}
