using System.Net;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using Klever.Eventing.Sinks;

namespace Klever.Eventing.Tests.Sinks;

public sealed class KnativeSinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_IsPostedInBinaryModeWithTheOverrides()
    {
        using var broker = new Broker(HttpStatusCode.Accepted);

        await Sink(broker).SendAsync(Sample(), Token);

        var request = Assert.Single(broker.Requests);
        Assert.Equal("POST http://broker.local/default/klever", request.Target);
        Assert.Equal("1.0|1|/a|t|blue|application/json|{\"a\":1}", string.Join('|',
            request.Headers["ce-specversion"],
            request.Headers["ce-id"],
            request.Headers["ce-source"],
            request.Headers["ce-type"],
            request.Headers["ce-team"],
            request.Headers["Content-Type"],
            request.Body));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(null)]
    public async Task PassingRefusal_IsRepeated(HttpStatusCode? status)
    {
        using var broker = new Broker(status, status, HttpStatusCode.Accepted);

        await Sink(broker).SendAsync(Sample(), Token);

        Assert.Equal(3, broker.Requests.Count);
        Assert.All(broker.Requests, r => Assert.Equal("{\"a\":1}", r.Body));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    [InlineData(HttpStatusCode.Found)]
    public async Task LastingRefusal_IsNotRepeated(HttpStatusCode status)
    {
        using var broker = new Broker(status);

        var exception = await Assert.ThrowsAsync<EventSinkException>(() => Sink(broker).SendAsync(Sample(), Token));

        Assert.False(exception.IsTransient);
        Assert.Equal((int)status, exception.Status);
        Assert.Single(broker.Requests);
    }

    [Fact]
    public async Task SinkThatStaysDown_IsGivenUpAfterTheAttempts()
    {
        using var broker = new Broker([.. Enumerable.Repeat<HttpStatusCode?>(HttpStatusCode.ServiceUnavailable, 10)]);

        var exception = await Assert.ThrowsAsync<EventSinkException>(() => Sink(broker).SendAsync(Sample(), Token));

        Assert.True(exception.IsTransient);
        Assert.Equal("the sink http://broker.local/default/klever answered 503 to t.", exception.Message);
        Assert.Equal(4, broker.Requests.Count);
    }

    [Fact]
    public void Environment_WithoutSink_GivesNone()
    {
        Assert.Null(SinkOptions.FromEnvironment(_ => null));
    }

    [Fact]
    public void Environment_OfASinkBinding_IsRead()
    {
        var options = SinkOptions.FromEnvironment(name => name switch
        {
            "K_SINK" => "http://broker-ingress.knative-eventing.svc/ns/default",
            "K_CE_OVERRIDES" => """{"extensions":{"team":"blue"}}""",
            _ => null,
        });

        Assert.Equal("http://broker-ingress.knative-eventing.svc/ns/default", options!.Sink.ToString());
        Assert.Equal("blue", options.Extensions["team"]);
    }

    [Theory]
    [InlineData("broker", "{}", "K_SINK \"broker\" is not an http or https URL.")]
    [InlineData("http://b", "{", "K_CE_OVERRIDES is not JSON of the form {\"extensions\":{\"name\":\"value\"}}.")]
    [InlineData("http://b", """{"extensions":{"a":1}}""", "K_CE_OVERRIDES is not JSON of the form {\"extensions\":{\"name\":\"value\"}}.")]
    [InlineData("http://b", "[]", "K_CE_OVERRIDES is not JSON of the form {\"extensions\":{\"name\":\"value\"}}.")]
    public void Environment_ThatIsMalformed_IsRefused(string sink, string overrides, string message)
    {
        var exception = Assert.Throws<FormatException>(
            () => SinkOptions.FromEnvironment(name => name == "K_SINK" ? sink : overrides));

        Assert.Equal(message, exception.Message);
    }

    private static KnativeSink Sink(Broker broker) => new(
        new HttpClient(broker, disposeHandler: false),
        new SinkOptions
        {
            Sink = new Uri("http://broker.local/default/klever"),
            Extensions = new Dictionary<string, string> { ["team"] = "blue" },
            FirstWait = TimeSpan.FromMilliseconds(1),
        },
        TimeProvider.System);

    private static CloudEvent Sample() => new()
    {
        Id = "1",
        Source = new Uri("/a", UriKind.Relative),
        Type = "t",
        DataContentType = "application/json",
        Data = new JsonObject { ["a"] = 1 },
    };
}
