namespace Klever.Local.Jobs;

/// <summary>A pod that is being run, and the handle to stop it.</summary>
#pragma warning disable CA1001 // the source has neither timer nor wait handle, so it holds nothing that must be released
internal sealed class RunningPod(PodRun run, bool isServer)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stop = new();
    private TimeSpan _grace;

    public PodRun Run => run;

    /// <summary>Whether it is to run until somebody deletes it.</summary>
    public bool IsServer => isServer;

    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Begin(Action finished) => Completion = Task.Run(async () =>
    {
        try
        {
            await run.RunAsync(() => _grace, _stop.Token);
        }
        finally
        {
            finished();
        }
    });

    /// <summary>Asks the processes to end within the grace period; a second call changes nothing.</summary>
    public void Stop(TimeSpan grace)
    {
        if (!_stop.IsCancellationRequested)
        {
            _grace = grace;
            _stop.Cancel();
        }
    }
}
