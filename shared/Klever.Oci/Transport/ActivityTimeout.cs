namespace Klever.Oci.Transport;

/// <summary>Cancels when nothing has moved for a while, unlike a timeout of the whole, which would forbid large models.</summary>
internal sealed class ActivityTimeout : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _limit;

    public ActivityTimeout(TimeSpan limit, CancellationToken cancellationToken)
    {
        _limit = limit;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Restart();
    }

    public CancellationToken Token => _source.Token;

    public void Restart() => _source.CancelAfter(_limit);

    /// <summary>Stops the clock while it is our own side that is waited for.</summary>
    public void Pause() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Cancel() => _source.Cancel();

    public void Dispose() => _source.Dispose();
}
