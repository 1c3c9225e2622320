using CloudNative.CloudEvents;

namespace Klever.Eventing.Sinks;

/// <summary>Where events go that are not the reply to one.</summary>
public interface IEventSink
{
    /// <exception cref="EventSinkException">The event was not taken.</exception>
    Task SendAsync(CloudEvent cloudEvent, CancellationToken cancellationToken);
}
