using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Klever.Functions.Hosting;

/// <summary>The options that a host asks for while it starts, by names that the compiler sees.</summary>
/// <remarks>The framework registers <c>IOptions&lt;T&gt;</c> and its like as open generics. Native AOT puts each closed type together at
/// run time, half a millisecond for each; named here they are compiled.</remarks>
internal static class CompiledOptions
{
    public static void AddCompiledOptions(this IServiceCollection services)
    {
        AddMonitored<LoggerFilterOptions>(services);
        AddMonitored<ConsoleLoggerOptions>(services);
        AddMonitored<ConsoleFormatterOptions>(services);
        AddMonitored<SimpleConsoleFormatterOptions>(services);
        AddMonitored<JsonConsoleFormatterOptions>(services);
        AddMonitored<MetricsOptions>(services);
        Add<LoggerFactoryOptions>(services);
        Add<ConsoleLifetimeOptions>(services);
        Add<HostOptions>(services);
        Add<KestrelServerOptions>(services);
        Add<SocketTransportOptions>(services);
        Add<FormOptions>(services);
        Add<JsonOptions>(services);
        Add<RouteOptions>(services);
        Add<RouteHandlerOptions>(services);
        Add<ProblemDetailsOptions>(services);
        Add<ExceptionHandlerOptions>(services);
        Add<StatusCodePagesOptions>(services);
    }

    private static void Add<TOptions>(IServiceCollection services)
        where TOptions : class, new() =>
        services
            .AddTransient<IOptionsFactory<TOptions>, OptionsFactory<TOptions>>()
            .AddSingleton<IOptions<TOptions>, OptionsManager<TOptions>>();

    private static void AddMonitored<TOptions>(IServiceCollection services)
        where TOptions : class, new() =>
        services
            .AddTransient<IOptionsFactory<TOptions>, OptionsFactory<TOptions>>()
            .AddSingleton<IOptionsMonitorCache<TOptions>, OptionsCache<TOptions>>()
            .AddSingleton<IOptionsMonitor<TOptions>, OptionsMonitor<TOptions>>();
}
