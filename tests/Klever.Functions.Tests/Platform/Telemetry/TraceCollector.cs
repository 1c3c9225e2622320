using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Klever.Functions.Tests.Platform.Telemetry;

/// <summary>Takes spans as an OpenTelemetry collector does: OTLP over HTTP, in protobuf.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ConcurrentQueue<Span> _spans = new();

    private TraceCollector(WebApplication web) => _web = web;

    public Uri Address => new(_web.Urls.Single());

    public IReadOnlyList<Span> Spans => [.. _spans];

    /// <summary>The settings that make a process of the functions export to here, soon.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
    };

    public static async Task<TraceCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new TraceCollector(builder.Build());
        collector._web.MapPost("/v1/traces", collector.TakeAsync);
        collector._web.MapPost("/v1/metrics", () => "");
        await collector._web.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        foreach (var span in Span.Read(body.ToArray()))
        {
            _spans.Enqueue(span);
        }
    }
}
