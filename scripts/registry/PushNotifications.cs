using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Klever.Models;
using Microsoft.AspNetCore.Http;

namespace Klever.Registry;

/// <summary>Tells of pushed manifests as docker-registry does with <c>includereferences</c>: in order, one envelope for each.</summary>
internal sealed class PushNotifications : IAsyncDisposable
{
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly Channel<byte[]> _envelopes = Channel.CreateUnbounded<byte[]>();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly InProcessRegistryOptions _options;
    private readonly Task _delivery;

    public PushNotifications(InProcessRegistryOptions options)
    {
        _options = options;
        _delivery = DeliverAllAsync();
    }

    public void ManifestPushed(HttpContext context, string name, string? tag, Digest digest, string mediaType, byte[] content)
    {
        var target = new JsonObject
        {
            ["mediaType"] = mediaType,
            ["size"] = content.Length,
            ["digest"] = digest.ToString(),
            ["length"] = content.Length,
            ["repository"] = name,
            ["url"] = $"{context.Request.Scheme}://{context.Request.Host}/v2/{name}/manifests/{digest}",
        };
        if (tag is not null)
        {
            target["tag"] = tag;
        }

        target["references"] = References(content);
        var envelope = new JsonObject
        {
            ["events"] = new JsonArray(new JsonObject
            {
                ["id"] = Guid.NewGuid().ToString(),
                ["timestamp"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture),
                ["action"] = "push",
                ["target"] = target,
                ["request"] = new JsonObject
                {
                    ["id"] = Guid.NewGuid().ToString(),
                    ["addr"] = context.Connection.RemoteIpAddress + ":" + context.Connection.RemotePort,
                    ["host"] = context.Request.Host.ToString(),
                    ["method"] = "PUT",
                    ["useragent"] = context.Request.Headers.UserAgent.ToString(),
                },
                ["actor"] = new JsonObject(),
                ["source"] = new JsonObject { ["addr"] = context.Request.Host.ToString() },
            }),
        };
        _envelopes.Writer.TryWrite(JsonSerializer.SerializeToUtf8Bytes<JsonNode>(envelope));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _delivery;
        _http.Dispose();
        _stop.Dispose();
    }

    private static JsonArray References(byte[] content)
    {
        var manifest = JsonNode.Parse(content)!.AsObject();
        var descriptors = new[] { manifest["config"] }
            .Concat(manifest["layers"] as JsonArray ?? [])
            .Concat(manifest["manifests"] as JsonArray ?? []);
        return [.. descriptors.Where(d => d is not null).Select(d => d!.DeepClone())];
    }

    private async Task DeliverAllAsync()
    {
        try
        {
            await foreach (var envelope in _envelopes.Reader.ReadAllAsync(_stop.Token))
            {
                if (_options.Notify is { } notify)
                {
                    await notify(envelope, _stop.Token);
                }

                if (_options.NotifyUri is { } uri)
                {
                    await PostAsync(uri, envelope);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task PostAsync(Uri uri, byte[] envelope)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                using var content = new ByteArrayContent(envelope);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.docker.distribution.events.v1+json");
                using var response = await _http.PostAsync(uri, content, _stop.Token);
                if ((int)response.StatusCode < 400)
                {
                    return;
                }
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested
                && exception is HttpRequestException or OperationCanceledException)
            {
            }

            await Task.Delay(Pause, _stop.Token);
        }
    }
}
