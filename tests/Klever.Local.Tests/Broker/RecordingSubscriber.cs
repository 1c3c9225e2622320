using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Klever.Local.Tests.Broker;

/// <summary>A subscriber that keeps what it gets and answers as the test says.</summary>
internal sealed class RecordingSubscriber : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ConcurrentQueue<ReceivedEvent> _received = new();

    private RecordingSubscriber(WebApplication web) => _web = web;

    public Uri Address => new(_web.Urls.First());

    public IReadOnlyList<ReceivedEvent> Received => [.. _received];

    /// <param name="answer">Writes the answer to delivery number n, counted from 1; empty 202 when null.</param>
    public static async Task<RecordingSubscriber> StartAsync(Func<HttpContext, int, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        var subscriber = new RecordingSubscriber(web);
        var count = 0;
        web.Urls.Add("http://127.0.0.1:0");
        web.MapPost("/{**path}", async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            var headers = context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString());
            subscriber._received.Enqueue(new ReceivedEvent(context.Request.Path, headers, body));
            context.Response.StatusCode = 202;
            await (answer?.Invoke(context, Interlocked.Increment(ref count)) ?? Task.CompletedTask);
        });
        await web.StartAsync(TestContext.Current.CancellationToken);
        return subscriber;
    }

    public async Task<IReadOnlyList<ReceivedEvent>> WaitForAsync(int count)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (_received.Count < count)
        {
            Assert.True(DateTime.UtcNow < deadline, $"{_received.Count} of {count} deliveries came");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return Received;
    }

    /// <summary>The first delivery of a type: deliveries overtake each other, as they do in Knative.</summary>
    public async Task<ReceivedEvent> WaitForAsync(string type)
    {
        for (var count = 1; ; count++)
        {
            if ((await WaitForAsync(count)).FirstOrDefault(received => received.Attribute("type") == type) is { } found)
            {
                return found;
            }
        }
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
