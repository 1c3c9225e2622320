using System.Net;
using Klever.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Klever.Functions.Tests.Hosting;

/// <summary>What is left of ASP.NET Core's defaults: what the documents promise.</summary>
public sealed class LeanHostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void CreateBuilder_WithASettingInBoth_PrefersTheCommandLine()
    {
        const string Setting = "KLEVER_TEST_LEAN_HOST";
        Environment.SetEnvironmentVariable(Setting, "environment");
        try
        {
            Assert.Equal("environment", LeanHost.CreateBuilder([]).Configuration[Setting]);
            Assert.Equal("line", LeanHost.CreateBuilder([$"--{Setting}=line"]).Configuration[Setting]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Setting, null);
        }
    }

    [Fact]
    public void Log_WithALevelInTheSettings_HasThatLevel()
    {
        using var app = new KleverApp(("Logging:LogLevel:Default", "Debug"));

        var filters = app.Services.GetRequiredService<IOptions<LoggerFilterOptions>>().Value.Rules;

        Assert.Contains(filters, rule => rule is { CategoryName: null, LogLevel: LogLevel.Debug });
        Assert.Contains(filters, rule => rule is { CategoryName: "Microsoft", LogLevel: LogLevel.Warning });
    }

    [Fact]
    public void Log_OfARequest_KnowsItsTrace()
    {
        using var app = new KleverApp();

        var options = app.Services.GetRequiredService<IOptions<LoggerFactoryOptions>>().Value;

        Assert.True(options.ActivityTrackingOptions.HasFlag(ActivityTrackingOptions.TraceId));
    }

    [Theory]
    [InlineData("harbor-push", HttpStatusCode.NotFound)]
    [InlineData("model-jobs", HttpStatusCode.OK)]
    [InlineData("harbor-push,model-jobs", HttpStatusCode.OK)]
    public async Task Description_OfAProcess_IsThereWhenItHasAnApi(string functions, HttpStatusCode status)
    {
        using var app = new KleverApp(("KLEVER_FUNCTIONS", functions));
        using var client = app.CreateClient();

        using var answer = await client.GetAsync("/openapi/v1.json", Token);

        Assert.Equal(status, answer.StatusCode);
    }
}
