using System.Threading.Channels;
using CloudNative.CloudEvents;
using Klever.Local.Broker.Definitions;
using Klever.Local.Broker.Delivery;
using Klever.Local.Cluster.Objects;
using Klever.Local.Feed;

namespace Klever.Local.Broker;

/// <summary>Plays the broker: takes an event, says 202 at once (as the deployed one does by its async-handler annotation), and
/// takes it to every Trigger whose filter matches; replies come back in as events of their own.</summary>
internal sealed class LocalBroker(EventingDefinitions definitions, Dispatcher dispatcher, LiveFeed feed, TimeProvider clock)
{
    // Hops that an event and the replies to it may make, as the deployed broker's TTL.
    private const int MaximumHops = 255;

    private readonly Channel<(CloudEvent Event, string Broker, int Hops)> _queue =
        Channel.CreateUnbounded<(CloudEvent, string, int)>(new UnboundedChannelOptions { SingleReader = true });

    public bool Has(string broker) => definitions.Brokers.ContainsKey(broker);

    /// <summary>Takes an event; what becomes of it shows in the feed.</summary>
    public void Accept(string broker, CloudEvent cloudEvent) => Accept(broker, cloudEvent, MaximumHops);

    /// <summary>Delivers until it is told to stop; deliveries that run then are given up.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var running = new HashSet<Task>();
        try
        {
            await foreach (var (cloudEvent, broker, hops) in _queue.Reader.ReadAllAsync(cancellationToken))
            {
                running.RemoveWhere(task => task.IsCompleted);
                foreach (var trigger in definitions.Triggers.Where(t => t.Broker == broker && t.Filter.Matches(cloudEvent)))
                {
                    running.Add(DeliverAsync(trigger, cloudEvent, hops, cancellationToken));
                }
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Accept(string broker, CloudEvent cloudEvent, int hops)
    {
        cloudEvent["knativearrivaltime"] = Timestamp.Microseconds(clock.GetUtcNow());
        feed.Add("event", $"{cloudEvent.Type} {cloudEvent.Subject}", new()
        {
            ["broker"] = broker,
            ["type"] = cloudEvent.Type,
            ["id"] = cloudEvent.Id,
            ["source"] = cloudEvent.Source?.ToString(),
            ["subject"] = cloudEvent.Subject,
            ["traceparent"] = cloudEvent["traceparent"] as string,
        });
        _queue.Writer.TryWrite((cloudEvent, broker, hops));
    }

    private async Task DeliverAsync(TriggerDefinition trigger, CloudEvent cloudEvent, int hops, CancellationToken cancellationToken)
    {
        var policy = trigger.Delivery ?? definitions.Brokers[trigger.Broker];
        if (policy.DeadLetterSink is null && definitions.Brokers[trigger.Broker].DeadLetterSink is { } sink)
        {
            policy = policy with { DeadLetterSink = sink };
        }

        try
        {
            var reply = await dispatcher.DeliverAsync(trigger.Name, trigger.Subscriber, policy, cloudEvent, cancellationToken);
            if (reply is not null && hops > 0)
            {
                Accept(trigger.Broker, reply, hops - 1);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            feed.Add("delivery", $"{cloudEvent.Type} -> {trigger.Subscriber} cannot be delivered: {exception.Message}", new()
            {
                ["trigger"] = trigger.Name,
                ["id"] = cloudEvent.Id,
                ["problem"] = exception.ToString(),
            });
        }
    }
}
