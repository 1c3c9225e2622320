using System.Net.Http.Headers;

namespace Klever.Oci.Transport;

/// <summary>How long to wait before the next attempt: what the registry asks for, else a random part of a doubling span, so that
/// many clients do not come back together.</summary>
internal static class RetrySchedule
{
    public static Task WaitAsync(
        int attempt, TimeProvider time, CancellationToken cancellationToken, RetryConditionHeaderValue? retryAfter = null) =>
        Task.Delay(Delay(attempt, retryAfter, time.GetUtcNow()), time, cancellationToken);

    private static TimeSpan Delay(int attempt, RetryConditionHeaderValue? retryAfter, DateTimeOffset now)
    {
        var asked = retryAfter?.Delta ?? (retryAfter?.Date - now);
        if (asked is { } span)
        {
            return TimeSpan.FromTicks(Math.Clamp(span.Ticks, 0, OciLimits.MaximumRetryAfter.Ticks));
        }

        var ceiling = Math.Min(
            OciLimits.FirstRetryDelay.TotalMilliseconds * Math.Pow(2, attempt - 1), OciLimits.MaximumRetryDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(ceiling * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
