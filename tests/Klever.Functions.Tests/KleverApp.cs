using System.Net;
using Klever.Functions.Hosting;
using Klever.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace Klever.Functions.Tests;

/// <summary>The whole program in the test's process, with the settings of the test and a state of its own.</summary>
internal sealed class KleverApp(params (string Name, string Value)[] settings) : WebApplicationFactory<KleverOptions>
{
    /// <summary>The value that the webhook asks for.</summary>
    public const string WebhookSecret = "Bearer webhook-secret-4711";

    private static readonly (string Name, string Value)[] Defaults =
    [
        ("Klever:Registry:Address", "http://127.0.0.1:9"),
        ("Klever:Webhook:Authorization", WebhookSecret),
        ("Klever:Access", "Open"),
        ("KUBERNETES_API", "http://127.0.0.1:9"),
        ("Logging:LogLevel:Default", "None"),
    ];

    private readonly TemporaryDirectory _state = new();

    /// <summary>Serves on a port of its own: for what only Kestrel does, and for clients that are not .NET.</summary>
    public Uri Serve()
    {
        UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        StartServer();
        return ClientOptions.BaseAddress;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _state.Dispose();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in Defaults.Append(("Klever:State:Path", _state.Combine("state.db"))).Concat(settings))
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _state.Dispose();
        }
    }
}
