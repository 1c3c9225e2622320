using System.Net;
using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Klever.Testing.Dapr;

/// <summary>A stand-in of daprd on loopback: its gRPC port for the state calls, and its HTTP port for its health.</summary>
public sealed class Sidecar : IAsyncDisposable
{
    public const string StoreName = "klever-state";

    private readonly WebApplication _application;

    private Sidecar(WebApplication application, IComponent component, SidecarService service)
    {
        Component = component;
        _application = application;
        Service = service;
        (Grpc, Http) = application.Urls.Select(url => new Uri(url)).ToList() is [var grpc, var http]
            ? (grpc, http)
            : throw new InvalidOperationException("The stand-in has two ports.");
        Client = new DaprClientBuilder().UseGrpcEndpoint(Grpc.ToString()).Build();
    }

    public IComponent Component { get; }

    public SidecarService Service { get; }

    public DaprClient Client { get; }

    /// <summary>What DAPR_GRPC_ENDPOINT names.</summary>
    public Uri Grpc { get; }

    /// <summary>What DAPR_HTTP_ENDPOINT names.</summary>
    public Uri Http { get; }

    public static async Task<Sidecar> StartAsync(IComponent component)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port: 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, port: 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var service = new SidecarService(component);
        builder.Services.AddSingleton(service);
        builder.Services.AddGrpc();
        var application = builder.Build();
        application.MapGrpcService<SidecarService>();
        application.MapGet("/v1.0/healthz/outbound", () => Results.NoContent());
        await application.StartAsync();
        return new Sidecar(application, component, service);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}
