namespace Klever.Functions.Telemetry;

/// <summary>Where the log goes: to the console, as <c>Klever:Logs</c> says, from the levels that <c>Logging:LogLevel</c> says.</summary>
internal static class LogHost
{
    private const ActivityTrackingOptions TracePosition =
        ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId | ActivityTrackingOptions.ParentId;

    public static void AddLogs(this WebApplicationBuilder builder, LogFormat format)
    {
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.Configure(logging => logging.ActivityTrackingOptions = TracePosition);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);

        // It would log each address with its query, where the state of uploads travels; what fails is logged by the agent.
        builder.Logging.AddFilter("Yarp", LogLevel.None);
        if (format == LogFormat.Json)
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                console.UseUtcTimestamp = true;
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole();
        }
    }
}
