using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace Klever.Functions.Tests.Access;

/// <summary>Access is Harbor's unless it is opened by name, and then the log says so.</summary>
public sealed class AccessModeTests
{
    private const string Warning = "Klever:Access is Open";

    private readonly ConcurrentQueue<string> _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WithNothingSaid_LeavesItToHarbor()
    {
        using var app = new KleverApp(("Klever:Access", ""), ("Logging:LogLevel:Default", "Information"));
        using var client = Logging(app).CreateClient();

        using var response = await client.GetAsync("/api/v1alpha1/namespaces/default/modeljobs", Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain(_log, line => line.StartsWith(Warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Start_WithOpen_Warns()
    {
        using var app = new KleverApp(("Klever:Access", "Open"), ("Logging:LogLevel:Default", "Information"));
        using var client = Logging(app).CreateClient();

        Assert.Contains(_log, line => line.StartsWith(Warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("None")]
    [InlineData("7")]
    public void Start_WithAnythingElse_IsRefused(string access)
    {
        using var app = new KleverApp(("Klever:Access", access));

        var exception = Assert.Throws<InvalidOperationException>(() => app.CreateClient());

        Assert.Equal($"Klever:Access is \"{access}\"; expected one of Harbor, Open.", exception.Message);
    }

    private WebApplicationFactory<Klever.Functions.Hosting.KleverOptions> Logging(KleverApp app) =>
        app.WithWebHostBuilder(builder => builder.ConfigureLogging(logging => logging.AddProvider(new Kept(_log))));

    private sealed class Kept(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
