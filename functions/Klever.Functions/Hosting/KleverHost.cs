using Klever.Functions.Access;
using Klever.Functions.Telemetry;
using Microsoft.AspNetCore.Mvc;

namespace Klever.Functions.Hosting;

/// <summary>What every process of the program has, whichever functions it runs.</summary>
internal static class KleverHost
{
    /// <summary>Bytes of a request body at most where a route does not say otherwise: an event, a REST document.</summary>
    public const long MaximumBodyBytes = 4 * 1024 * 1024;

    /// <summary>How long requests in flight may take to end after SIGTERM; Knative waits 300 s.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(60);

    private const string DefaultPort = "8080";

    public static KleverOptions AddKlever(this WebApplicationBuilder builder)
    {
        var options = OptionsReader.Read(builder.Configuration);
        var port = builder.Configuration["PORT"];
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
        });
        if (port is not null || options.Telemetry.MetricsPort is not null)
        {
            var metrics = options.Telemetry.MetricsPort is { } metricsPort ? $";http://+:{metricsPort}" : "";
            builder.WebHost.UseUrls($"http://+:{port ?? DefaultPort}{metrics}");
        }

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddHostedService(_ => new Drain(options.Drain));
        builder.Services.AddSingleton(options.State);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, FunctionsJson.Default));
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Complete);
        builder.Services.AddExceptionHandler<ProblemTable>();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddConnections(options);
        builder.AddLogs(options.Telemetry.Logs);
        builder.AddTelemetry(options.Telemetry);
        return options;
    }

    public static void UseKlever(this WebApplication app, KleverOptions options)
    {
        app.UseTelemetry(options.Telemetry);
        app.UseFarewell();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseNestedModelNames();
        app.UseRouting();
        app.UseKnownCallers();
    }

    // While the process drains, each answer tells its sender not to come again on this connection: then none is cut off in use.
    private static void UseFarewell(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use((context, next) =>
        {
            if (stopping.IsCancellationRequested)
            {
                context.Response.Headers.Connection = "close";
            }

            return next(context);
        });
    }

    public static void AddFunctions(
        this WebApplicationBuilder builder, IReadOnlyList<IFunction> functions, KleverOptions options)
    {
        foreach (var function in functions)
        {
            function.AddServices(builder.Services, options);
        }
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/liveness", () => TypedResults.Text("alive")).ExcludeFromDescription();
        app.MapGet("/health/readiness", async ([FromServices] Readiness readiness, CancellationToken cancellationToken) =>
            await readiness.ProblemAsync(cancellationToken) is { } problem
                ? Problems.Of(StatusCodes.Status503ServiceUnavailable, problem)
                : TypedResults.Text("ready")).ExcludeFromDescription();
    }
}
