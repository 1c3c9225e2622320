namespace Klever.Functions.Hosting;

/// <summary>The host of a process that starts often: what a function needs of ASP.NET Core, and nothing else.</summary>
/// <remarks>Against <see cref="WebApplication.CreateSlimBuilder(string[])"/> it leaves out settings files and the watch on them, host
/// filtering and Kestrel's own settings. Together these were a quarter of the time until it listens.</remarks>
internal static class LeanHost
{
    private static readonly string[] Prefixes = ["DOTNET_", "ASPNETCORE_"];

    /// <summary>Settings come from the environment, and before it from the command line.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = args });
        foreach (var prefix in Prefixes)
        {
            builder.Configuration.AddEnvironmentVariables(prefix);
        }

        builder.Configuration.AddEnvironmentVariables().AddCommandLine(args);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddCompiledOptions();
        return builder;
    }
}
