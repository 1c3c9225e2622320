using CloudNative.CloudEvents;

namespace Klever.Eventing.Sinks;

/// <summary>For when K_SINK is not set: events are dropped, which loses nothing, because the truth is in Kubernetes
/// and the registry.</summary>
public sealed class NoSink : IEventSink
{
    public Task SendAsync(CloudEvent cloudEvent, CancellationToken cancellationToken) => Task.CompletedTask;
}
