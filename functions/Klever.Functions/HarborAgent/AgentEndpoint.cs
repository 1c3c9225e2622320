using Klever.Functions.Access;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Klever.Functions.HarborAgent;

/// <summary><c>/api/**</c> but ours, <c>/v2/**</c>, <c>/c/**</c> and <c>/service/**</c>: forwarded, streamed in both directions.</summary>
internal static partial class AgentEndpoint
{
    private static readonly string[] Methods =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options];

    private static readonly string[] Routes = ["/api/{**rest}", "/v2/{**rest}", "/c/{**rest}", "/service/{**rest}"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var route in Routes)
        {
            routes.MapMethods(route, Methods, ForwardAsync).ChecksItself().ExcludeFromDescription();
        }
    }

    private static async Task ForwardAsync(HttpContext context)
    {
        var rawTarget = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (!AgentTarget.TryRead(rawTarget, out var target, out var problem))
        {
            await AgentRefusal.WriteAsync(context, problem);
            return;
        }

        if (IsAmbiguous(context.Request))
        {
            await AgentRefusal.WriteAsync(context, "it says two lengths of its body");
            return;
        }

        await SendAsync(context, target);
    }

    private static async Task SendAsync(HttpContext context, AgentTarget target)
    {
        var services = context.RequestServices;
        var upstream = services.GetRequiredService<AgentUpstream>();
        Open(context);
        var transformer = new AgentTransformer(upstream.UriOf(target), upstream.AddressFor(context.Request));
        var error = await services.GetRequiredService<IHttpForwarder>().SendAsync(
            context, upstream.Address.AbsoluteUri, upstream.Client, upstream.Config, transformer, CancellationToken.None);
        if (error == ForwarderError.None || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        LogFailed(services.GetRequiredService<ILogger<AgentUpstream>>(), context.Request.Method, context.Request.Path, error);
        await AgentRefusal.WriteFailureAsync(context);
    }

    // Layers are of any size and come at any pace; how long nothing may move is the upstream's limit. Nothing is tunnelled.
    private static void Open(HttpContext context)
    {
        context.Request.Headers.Remove("Upgrade");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    // RFC 9112, section 6.3: such a message ought to be handled as an error. Kestrel renames the length that it does not believe.
    private static bool IsAmbiguous(HttpRequest request) =>
        request.Headers.TransferEncoding.Count > 0 && (request.ContentLength is not null || request.Headers.ContainsKey("X-Content-Length"));

    [LoggerMessage(EventId = 1501, Level = LogLevel.Warning, Message = "{Method} {Path} could not be forwarded: {Error}")]
    private static partial void LogFailed(ILogger logger, string method, string path, ForwarderError error);
}
