using System.Text.Json.Nodes;
using System.Xml;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Broker.Definitions;

/// <summary>How an event is delivered (duck.knative.dev/v1 DeliverySpec).</summary>
internal sealed record DeliveryPolicy
{
    /// <summary>Knative's own default where nothing is said: ten retries, exponential from 0.2 s.</summary>
    public static readonly DeliveryPolicy Default = new();

    /// <summary>Attempts after the first one.</summary>
    public int Retry { get; init; } = 10;

    public bool IsExponential { get; init; } = true;

    public TimeSpan BackoffDelay { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>Longest time for one attempt.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    public SubscriberReference? DeadLetterSink { get; init; }

    /// <param name="source">Null when nothing is said.</param>
    /// <param name="namespaceName">Of the Trigger or Broker that says it.</param>
    public static DeliveryPolicy? Read(JsonNode? source, string namespaceName) => source is not JsonObject ? null : new DeliveryPolicy
    {
        Retry = (int)(source.Number("retry") ?? 0),
        IsExponential = source.Text("backoffPolicy") != "linear",
        BackoffDelay = Duration(source.Text("backoffDelay"), TimeSpan.Zero),
        Timeout = Duration(source.Text("timeout"), Default.Timeout),
        DeadLetterSink = SubscriberReference.ReadOptional(source["deadLetterSink"], namespaceName),
    };

    /// <summary>The pause before retry number <paramref name="retry"/>, counted from 0.</summary>
    public TimeSpan Pause(int retry) => IsExponential ? BackoffDelay * Math.Pow(2, retry) : BackoffDelay * (retry + 1);

    private static TimeSpan Duration(string? text, TimeSpan fallback) => text is null ? fallback : XmlConvert.ToTimeSpan(text);
}
