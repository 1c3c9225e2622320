using System.Net;
using Klever.Functions.Hosting;
using Klever.Oci.Transport;
using Yarp.ReverseProxy.Forwarder;

namespace Klever.Functions.HarborAgent;

/// <summary>The one registry that the agent forwards to, and the connections to it.</summary>
internal sealed class AgentUpstream(KleverOptions options) : IDisposable
{
    /// <summary>Time without a byte in either direction after which a transfer is given up; Harbor's own nginx waits as long.</summary>
    private static readonly TimeSpan ActivityTimeout = TimeSpan.FromSeconds(900);

    /// <summary>How long the registry may take to say whether it wants a large body at all.</summary>
    private static readonly TimeSpan Expect100ContinueTimeout = TimeSpan.FromSeconds(10);

    public HttpMessageInvoker Client { get; } = new(CreateHandler(options.Registry));

    /// <summary>HTTP/1.1 on purpose: one large transfer has a connection of its own, and Harbor's upload code is at home there.</summary>
    public ForwarderRequestConfig Config { get; } = new()
    {
        ActivityTimeout = ActivityTimeout,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        AllowResponseBuffering = false,
    };

    public Uri Address => options.Registry.Address;

    /// <summary>The address by which this client reaches the agent.</summary>
    public AgentAddress AddressFor(HttpRequest client) => new(
        options.AgentAddress?.GetLeftPart(UriPartial.Authority) ?? $"{client.Scheme}://{client.Host}",
        options.Registry.Address,
        options.Jobs.RegistryAliases);

    public Uri UriOf(AgentTarget target) => new(
        options.Registry.Address.GetLeftPart(UriPartial.Authority) + target.PathAndQuery,
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    public void Dispose() => Client.Dispose();

    private static SocketsHttpHandler CreateHandler(RegistrySettings registry)
    {
        var handler = RegistryHandler.Create(Connections.RegistryOptions(registry));
        handler.Expect100ContinueTimeout = Expect100ContinueTimeout;
        handler.ActivityHeadersPropagator = null;
        return handler;
    }
}
