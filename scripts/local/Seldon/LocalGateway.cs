using System.Net;
using Klever.Local.Cluster;
using Yarp.ReverseProxy.Forwarder;

namespace Klever.Local.Seldon;

/// <summary>Stands for the gateway of Istio: brings requests for servings to their pods.</summary>
internal sealed class LocalGateway : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly HttpMessageInvoker _client;

    private LocalGateway(WebApplication web, HttpMessageInvoker client) => (_web, _client) = (web, client);

    public Uri Address => new(_web.Urls.First());

    /// <param name="cluster">Whose servings are reached.</param>
    /// <param name="port">On the loopback interface; 0 takes a free one.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<LocalGateway> StartAsync(LocalCluster cluster, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var web = builder.Build();
        var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
        });
        var routes = new GatewayRoutes(cluster.Objects);
        var forwarder = web.Services.GetRequiredService<IHttpForwarder>();
        web.Run(context => ForwardAsync(context, routes, forwarder, client));
        await web.StartAsync(cancellationToken);
        return new LocalGateway(web, client);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _client.Dispose();
    }

    private static async Task ForwardAsync(
        HttpContext context, GatewayRoutes routes, IHttpForwarder forwarder, HttpMessageInvoker client)
    {
        if (routes.Find(context.Request) is not { } destination)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "no serving has this path");
        }
        else if (routes.PodAddress(destination) is not { } address)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, $"no pod of {destination.Service} is ready");
        }
        else
        {
            context.Request.Path = destination.Path;
            await forwarder.SendAsync(context, $"http://{address}:{destination.Port}", client);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string problem)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(problem + "\n");
    }
}
