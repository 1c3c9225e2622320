using Klever.Functions.Access;

namespace Klever.Functions.Hosting;

/// <summary>What every process of the program has, whichever functions it runs.</summary>
internal static class KleverHost
{
    /// <summary>Bytes of a request body at most where a route does not say otherwise: an event, a REST document.</summary>
    public const long MaximumBodyBytes = 4 * 1024 * 1024;

    /// <summary>How long requests in flight may take to end after SIGTERM; Knative waits 300 s.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(60);

    public static KleverOptions AddKlever(this WebApplicationBuilder builder)
    {
        var options = OptionsReader.Read(builder.Configuration);
        var port = builder.Configuration["PORT"];
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
        });
        if (port is not null)
        {
            builder.WebHost.UseUrls($"http://+:{port}");
        }

        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);

        // It would log each address with its query, where the state of uploads travels; what fails is logged by the agent.
        builder.Logging.AddFilter("Yarp", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, FunctionsJson.Default));
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Complete);
        builder.Services.AddExceptionHandler<ProblemTable>();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddConnections(options);
        return options;
    }

    public static void UseKlever(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseNestedModelNames();
        app.UseRouting();
        app.UseKnownCallers();
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
        var stopping = app.Lifetime.ApplicationStopping;
        app.MapGet("/health/liveness", () => TypedResults.Text("alive")).ExcludeFromDescription();
        app.MapGet("/health/readiness", () => stopping.IsCancellationRequested
            ? Problems.Of(StatusCodes.Status503ServiceUnavailable, "The process is stopping.")
            : TypedResults.Text("ready")).ExcludeFromDescription();
    }
}
