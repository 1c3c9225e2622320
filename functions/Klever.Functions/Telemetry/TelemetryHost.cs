using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Klever.Functions.Telemetry;

/// <summary>Connects what is measured with whoever wants to know. Methods are apart so that a process without telemetry loads none of it.</summary>
internal static class TelemetryHost
{
    private const string MetricsPath = "/metrics";

    public static void AddTelemetry(this WebApplicationBuilder builder, TelemetrySettings settings)
    {
        if (settings.Otlp || settings.MetricsPort is not null)
        {
            AddOpenTelemetry(builder.Services, settings);
        }
    }

    public static void UseTelemetry(this WebApplication app, TelemetrySettings settings)
    {
        if (settings.Otlp)
        {
            app.Use(NameAsync);
        }

        if (settings.MetricsPort is { } port)
        {
            UseMetrics(app, port);
        }
    }

    // ASP.NET Core makes the span of a request, but leaves its name and attributes (semantic conventions for HTTP servers) to others.
    private static async Task NameAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } activity)
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            activity.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
            activity.SetTag("http.request.method", context.Request.Method);
            activity.SetTag("http.route", route);
            activity.SetTag("url.path", context.Request.Path.Value);
            activity.SetTag("http.response.status_code", context.Response.StatusCode);
        }
    }

    private static void AddOpenTelemetry(IServiceCollection services, TelemetrySettings settings)
    {
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(settings.ServiceName));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Measures.MeterName, Oci.RegistryMeasures.MeterName, "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime");
            if (settings.Otlp)
            {
                metrics.AddOtlpExporter();
            }

            if (settings.MetricsPort is not null)
            {
                metrics.AddPrometheusExporter();
            }
        });
        if (settings.Otlp)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(Tracing.SourceName, "Microsoft.AspNetCore", "System.Net.Http")
                .AddOtlpExporter());
        }
    }

    // The port of the metrics shows nothing else: it is open to Prometheus, whom the functions do not know.
    private static void UseMetrics(WebApplication app, int port)
    {
        app.Use((context, next) =>
        {
            if (context.Connection.LocalPort == port && context.Request.Path != MetricsPath)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            return next(context);
        });
        app.UseOpenTelemetryPrometheusScrapingEndpoint(
            context => context.Connection.LocalPort == port && context.Request.Path == MetricsPath);
    }
}
