using Klever.Local.Broker.Definitions;

namespace Klever.Local.Broker.Delivery;

/// <summary>Where the Services of the YAML are on this machine.</summary>
internal sealed class Subscribers(IReadOnlyDictionary<string, Uri> services, Func<string, Uri> brokerIngress)
{
    /// <exception cref="KeyNotFoundException">Nobody said where the Service is.</exception>
    public Uri Resolve(SubscriberReference reference) => reference switch
    {
        { Uri: { } uri } => uri,
        { Kind: "Broker" } => brokerIngress(reference.Broker),
        { Name: { } service } when services.TryGetValue(service, out var address) =>
            reference.Path is null ? address : new Uri(address, reference.Path),
        _ => throw new KeyNotFoundException($"nobody said where Service {reference.Name} is; known are {string.Join(", ", services.Keys)}."),
    };
}
