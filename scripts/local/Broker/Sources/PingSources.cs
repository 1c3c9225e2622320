using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using Klever.Local.Broker.Definitions;

namespace Klever.Local.Broker.Sources;

/// <summary>Plays the PingSources: an event whenever a schedule includes the minute, or by hand.</summary>
internal sealed class PingSources(EventingDefinitions definitions, Action<string, CloudEvent> accept, TimeProvider clock)
{
    private const string EventType = "dev.knative.sources.ping";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var source in definitions.PingSources.Where(source => source.Schedule.Includes(clock.GetUtcNow())))
            {
                Send(source);
            }
        }
    }

    /// <summary>Sends the event of one source now. False when there is no such source.</summary>
    public bool Fire(string name)
    {
        var source = definitions.PingSources.FirstOrDefault(source => source.Name == name);
        if (source is not null)
        {
            Send(source);
        }

        return source is not null;
    }

    private void Send(PingSourceDefinition source) => accept(source.Sink.Broker, new CloudEvent
    {
        Id = Guid.NewGuid().ToString(),
        Type = EventType,
        Source = new Uri($"/apis/v1/namespaces/{source.Namespace}/pingsources/{source.Name}", UriKind.Relative),
        Time = clock.GetUtcNow(),
        DataContentType = source.ContentType,
        Data = JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetBytes(source.Data)),
    });
}
