using System.Net;
using CloudNative.CloudEvents;

namespace Klever.Local.Broker.Delivery;

/// <summary>What a subscriber said.</summary>
/// <param name="Status">Null when it did not answer in time or at all.</param>
/// <param name="Reply">The event it answered with.</param>
/// <param name="Problem">Begin of the body of a refusal, for the dead letter.</param>
internal sealed record DeliveryAnswer(HttpStatusCode? Status, CloudEvent? Reply = null, string Problem = "")
{
    public bool IsSuccess => Status is { } status && (int)status is >= 200 and < 300;

    /// <summary>Whether the broker tries again (Knative Eventing, data plane contract, "Delivery").</summary>
    public bool IsRetried => Status is not { } status || (int)status is 404 or 408 or 409 or 429 or >= 500;
}
