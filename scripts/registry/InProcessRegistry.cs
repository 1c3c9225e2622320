using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Klever.Registry;

/// <summary>A small OCI registry on the loopback address: for machines without docker-registry, and for tests that need one which
/// fails when told to. It speaks the distribution specification as Harbor does it, and keeps everything in files.</summary>
public sealed class InProcessRegistry : IAsyncDisposable
{
    private readonly InProcessRegistryOptions _options;
    private readonly WebApplication _application;
    private readonly string? _temporary;
    private readonly List<RegistryFault> _faults = [];
    private readonly ConcurrentQueue<RegistryRequestRecord> _requests = new();
    private readonly PushNotifications _notifications;
    private readonly RegistryEndpoints _endpoints;
    private bool _disposed;

    private InProcessRegistry(InProcessRegistryOptions options)
    {
        _options = options;
        _temporary = options.Directory is null ? Directory.CreateTempSubdirectory("klever-registry-").FullName : null;
        var store = new RegistryStore(options.Directory ?? _temporary!);
        Referrers = options.Referrers;
        _notifications = new PushNotifications(options);
        _endpoints = new RegistryEndpoints(store, options, _notifications, () => Referrers);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    /// <summary>Such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address => new(_application.Urls.First().TrimEnd('/') + "/");

    /// <summary>Host and port, as the first part of a model reference.</summary>
    public string Host => Address.Authority;

    /// <summary>Whether the referrers API is there; may be switched while it runs.</summary>
    public bool Referrers { get; set; }

    /// <summary>What it was asked so far, in order of completion.</summary>
    public IReadOnlyList<RegistryRequestRecord> Requests => [.. _requests];

    public static async Task<InProcessRegistry> StartAsync(
        InProcessRegistryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var registry = new InProcessRegistry(options ?? new InProcessRegistryOptions());
        await registry._application.StartAsync(cancellationToken);
        return registry;
    }

    /// <summary>Lets something go wrong from now on. Faults strike in the order in which they were added, one per request.</summary>
    public void Add(RegistryFault fault)
    {
        lock (_faults)
        {
            _faults.Add(fault);
        }
    }

    public void ClearRequests() => _requests.Clear();

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        await _notifications.DisposeAsync();
        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var counted = new CountingBody(context.Request.Body);
        context.Request.Body = counted;
        try
        {
            await AnswerAsync(context);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or BadHttpRequestException)
        {
            context.Abort(); // The client is gone.
        }
        finally
        {
            var request = context.Request;
            _requests.Enqueue(new RegistryRequestRecord(
                request.Method,
                request.Path + request.QueryString,
                context.Response.StatusCode,
                request.Headers.Authorization.FirstOrDefault(),
                request.Headers.Range.FirstOrDefault(),
                counted.BytesRead));
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var fault = TakeFault(context.Request);
        if (fault is not null && await fault.AnswerAsync(context))
        {
            return;
        }

        if (context.Request.Path == "/service/token" && _options.Access is { IsBearer: true } tokens)
        {
            await tokens.IssueAsync(context);
            return;
        }

        var route = RegistryRoute.Parse(context.Request.Path);
        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        if (_options.Access is { } access && !access.Admit(context, route))
        {
            await RegistryErrors.WriteAsync(context, 401, "UNAUTHORIZED", "unauthorized to access the repository");
            return;
        }

        await _endpoints.AnswerAsync(context, route, fault);
    }

    private RegistryFault? TakeFault(HttpRequest request)
    {
        lock (_faults)
        {
            var i = _faults.FindIndex(f => f.When(request.Method, request.Path + request.QueryString));
            if (i < 0)
            {
                return null;
            }

            var fault = _faults[i];
            _faults.RemoveAt(i);
            if (fault.Times > 1)
            {
                _faults.Insert(i, fault with { Times = fault.Times - 1 });
            }

            return fault;
        }
    }
}
