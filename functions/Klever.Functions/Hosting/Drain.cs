namespace Klever.Functions.Hosting;

/// <summary>Keeps the process listening for a moment after SIGTERM: readiness is false by then, so that whoever sends requests hears
/// of it before connections are refused. What is in flight then ends (<see cref="HostOptions.ShutdownTimeout"/>).</summary>
internal sealed class Drain(TimeSpan time) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken) =>
        await Task.Delay(time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
