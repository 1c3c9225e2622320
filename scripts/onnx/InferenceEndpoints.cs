using System.Globalization;
using Klever.OnnxServer.Models;
using Klever.OnnxServer.Protocol;

namespace Klever.OnnxServer;

/// <summary>The routes of the Open Inference Protocol v2 (required API and the binary tensor extension).</summary>
internal static class InferenceEndpoints
{
    private const string HeaderLength = "Inference-Header-Content-Length";

    public static void Map(WebApplication app, ModelRepository models)
    {
        app.MapGet("/v2", context => JsonAnswer.WriteAsync(context, ServerMetadata.Write));
        app.MapGet("/v2/health/live", () => Results.Ok());
        app.MapGet("/v2/health/ready", () => Results.Ok());
        foreach (var prefix in new[] { "/v2/models/{name}", "/v2/models/{name}/versions/{version}" })
        {
            app.MapGet(prefix, context => JsonAnswer.WriteAsync(context, Model(context, models).WriteMetadata));
            app.MapGet($"{prefix}/ready", context =>
            {
                _ = Model(context, models);
                return Task.CompletedTask;
            });
            app.MapPost($"{prefix}/infer", context => InferAsync(context, Model(context, models)));
        }
    }

    private static ServedModel Model(HttpContext context, ModelRepository models) =>
        models.Find((string)context.Request.RouteValues["name"]!, (string?)context.Request.RouteValues["version"]);

    private static async Task InferAsync(HttpContext context, ServedModel model)
    {
        var body = await ReadAsync(context.Request, context.RequestAborted);
        using var request = InferenceRequest.Parse(body, JsonLength(context.Request, body.Length));
        using var results = model.Run(request);
        using var answer = InferenceResponse.Write(model, request, results);
        if (answer.JsonLength is { } length)
        {
            context.Response.Headers[HeaderLength] = length.ToString(CultureInfo.InvariantCulture);
        }

        context.Response.ContentType = answer.JsonLength is null ? "application/json" : "application/octet-stream";
        context.Response.ContentLength = answer.Content.Length;
        answer.Content.Position = 0;
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static int JsonLength(HttpRequest request, int length) => request.Headers[HeaderLength].ToString() switch
    {
        "" => length,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var json) && json <= length => json,
        var text => throw new ProtocolException($"{HeaderLength} \"{text}\" is no length within the body."),
    };

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
