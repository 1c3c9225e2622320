using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Klever.State.Tests.Dapr;

/// <summary>A stand-in of daprd: its gRPC port, on loopback, for the state calls.</summary>
public sealed class Sidecar : IAsyncDisposable
{
    public const string StoreName = "klever-state";

    private readonly WebApplication _application;

    private Sidecar(WebApplication application, IComponent component, SidecarService service)
    {
        Component = component;
        _application = application;
        Service = service;
        Client = new DaprClientBuilder().UseGrpcEndpoint(application.Urls.Single()).Build();
    }

    public IComponent Component { get; }

    public SidecarService Service { get; }

    public DaprClient Client { get; }

    public static async Task<Sidecar> StartAsync(IComponent component)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, port: 0, listen => listen.Protocols = HttpProtocols.Http2));
        var service = new SidecarService(component);
        builder.Services.AddSingleton(service);
        builder.Services.AddGrpc();
        var application = builder.Build();
        application.MapGrpcService<SidecarService>();
        await application.StartAsync();
        return new Sidecar(application, component, service);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}
