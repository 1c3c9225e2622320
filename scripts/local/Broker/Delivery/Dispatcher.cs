using System.Text;
using CloudNative.CloudEvents;
using Klever.Local.Broker.Definitions;
using Klever.Local.Feed;

namespace Klever.Local.Broker.Delivery;

/// <summary>Takes one event to one subscriber: attempts, pauses, dead letter, reply (Knative Eventing data plane contract).</summary>
internal sealed class Dispatcher(EventClient client, Subscribers subscribers, LiveFeed feed, TimeProvider clock)
{
    // Longest that a pause is waited here; ten exponential retries from 0.2 s stay below it.
    private static readonly TimeSpan MaximumPause = TimeSpan.FromMinutes(5);

    /// <returns>The reply, when the subscriber gave one.</returns>
    public async Task<CloudEvent?> DeliverAsync(
        string trigger, SubscriberReference subscriber, DeliveryPolicy policy, CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        var address = subscribers.Resolve(subscriber);
        for (var retry = 0; ; retry++)
        {
            var answer = await client.PostAsync(address, cloudEvent, policy.Timeout, cancellationToken);
            var isLast = answer.IsSuccess || !answer.IsRetried || retry >= policy.Retry;
            Record(trigger, subscriber, cloudEvent, retry + 1, answer, isLast);
            if (answer.IsSuccess)
            {
                return answer.Reply;
            }

            if (isLast)
            {
                await BuryAsync(policy, address, cloudEvent, answer, cancellationToken);
                return null;
            }

            var pause = policy.Pause(retry);
            await Task.Delay(pause < MaximumPause ? pause : MaximumPause, clock, cancellationToken);
        }
    }

    private async Task BuryAsync(
        DeliveryPolicy policy, Uri destination, CloudEvent cloudEvent, DeliveryAnswer answer, CancellationToken cancellationToken)
    {
        if (policy.DeadLetterSink is not { } sink)
        {
            return;
        }

        var letter = new CloudEvent(cloudEvent.SpecVersion, cloudEvent.ExtensionAttributes) { Data = cloudEvent.Data };
        foreach (var (attribute, value) in cloudEvent.GetPopulatedAttributes())
        {
            letter[attribute] = value;
        }

        letter["knativeerrordest"] = destination.ToString();
        letter["knativeerrorcode"] = $"{(answer.Status is { } status ? (int)status : -1)}";
        letter["knativeerrordata"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(answer.Problem));
        var address = subscribers.Resolve(sink);
        var buried = await client.PostAsync(address, letter, policy.Timeout, cancellationToken);
        Record("dead letter", sink, letter, attempt: 1, buried, isLast: true);
    }

    private void Record(
        string trigger, SubscriberReference subscriber, CloudEvent cloudEvent, int attempt, DeliveryAnswer answer, bool isLast)
    {
        var outcome = answer switch
        {
            { IsSuccess: true, Reply: { } reply } => $"replied {reply.Type}",
            { IsSuccess: true } => "delivered",
            _ => isLast ? "dead" : "retried",
        };
        var record = new DeliveryRecord(
            clock.GetUtcNow(), trigger, cloudEvent.Type ?? "", cloudEvent.Id ?? "", subscriber.ToString(), attempt, (int?)answer.Status, outcome);
        feed.Add(
            "delivery",
            $"{cloudEvent.Type} -> {subscriber} ({(answer.Status is { } status ? (int)status : "no answer")}, {outcome})",
            record.ToJson());
    }
}
