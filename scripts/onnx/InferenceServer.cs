using Klever.OnnxServer.Models;
using Klever.OnnxServer.Protocol;

namespace Klever.OnnxServer;

/// <summary>A small model server for one machine: ONNX Runtime behind the Open Inference Protocol v2, over a model repository as
/// Triton has it. It stands where a cluster runs Triton, and is no part of the functions.</summary>
internal static class InferenceServer
{
    /// <summary>Bytes of a request at most.</summary>
    public const int MaximumBodyBytes = 64 * 1024 * 1024;

    public static async Task<int> RunAsync(ServerArguments arguments)
    {
        Console.WriteLine("klever-onnx: ONNX Runtime behind the Open Inference Protocol v2, for one machine; a cluster runs Triton.");
        try
        {
            using var models = ModelRepository.Load(arguments.Repository);
            await using var app = Create(arguments, models);
            await app.RunAsync();
            return 0;
        }
        catch (ModelLoadException exception)
        {
            await Console.Error.WriteLineAsync($"klever-onnx: {exception.Message}");
            return 1;
        }
    }

    public static WebApplication Create(ServerArguments arguments, ModelRepository models)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
            kestrel.Listen(arguments.Address, arguments.Port);
        });
        var app = builder.Build();
        app.Use(AnswerProblemsAsync);
        InferenceEndpoints.Map(app, models);
        return app;
    }

    private static async Task AnswerProblemsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ProtocolException exception) when (!context.Response.HasStarted)
        {
            await JsonAnswer.WriteErrorAsync(context, exception.Status, exception.Message);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await JsonAnswer.WriteErrorAsync(context, exception.StatusCode, exception.Message);
        }
    }
}
