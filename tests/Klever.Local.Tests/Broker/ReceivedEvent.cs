namespace Klever.Local.Tests.Broker;

/// <summary>One delivery as it arrived. Names of headers are in lower case.</summary>
internal sealed record ReceivedEvent(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Attribute(string name) => Headers.GetValueOrDefault("ce-" + name);
}
