using Dapr.Client;

namespace Klever.Functions.Hosting;

/// <summary>Whether the process can take requests: not while it stops, and not before its sidecar has loaded its components, because
/// Knative may send the first request before daprd has. Without a Dapr store nobody is asked.</summary>
internal sealed class Readiness(StateSettings state, IServiceProvider services, IHostApplicationLifetime lifetime)
{
    // A probe waits no longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private volatile bool _isStateReady = state.DaprStore is not { Length: > 0 };

    /// <returns>What keeps it from being ready; null for nothing.</returns>
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return "The process is stopping.";
        }

        // Once the sidecar was there, a failure of it is told by the requests that need it.
        return _isStateReady || (_isStateReady = await IsSidecarHealthyAsync(cancellationToken))
            ? null
            : "The Dapr sidecar is not ready yet (/v1.0/healthz/outbound).";
    }

    private async Task<bool> IsSidecarHealthyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await services.GetRequiredService<DaprClient>().CheckOutboundHealthAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
