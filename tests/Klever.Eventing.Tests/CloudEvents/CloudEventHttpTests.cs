using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using Klever.Eventing.CloudEvents;
using Microsoft.AspNetCore.Http;

namespace Klever.Eventing.Tests.CloudEvents;

public sealed class CloudEventHttpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ContentMode.Binary)]
    [InlineData(ContentMode.Structured)]
    public async Task Event_WrittenAsResponse_IsReadAsRequest(ContentMode mode)
    {
        var sent = new CloudEvent
        {
            Id = "id 1",
            Source = new Uri("/klever/functions", UriKind.Relative),
            Type = "io.kleveross.model.updated.v1",
            Subject = "release/bërt:v1 \"x\"%",
            Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            DataContentType = "application/json",
            Data = new JsonObject { ["digest"] = "sha256:aa", ["n"] = 1 },
        };
        sent["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;

        await sent.CopyToHttpResponseAsync(context.Response, mode, EventFormat.Formatter, Token);
        var received = await Request(context.Response.ContentType, context.Response.Headers, body.ToArray())
            .ToCloudEventAsync(EventFormat.Formatter, Token);

        Assert.Equal(body.Length, context.Response.ContentLength);
        Assert.Equal("id 1", received.Id);
        Assert.Equal("/klever/functions", received.Source!.OriginalString);
        Assert.Equal("release/bërt:v1 \"x\"%", received.Subject);
        Assert.Equal(sent.Time, received.Time);
        Assert.Equal(sent["traceparent"], received["traceparent"]);
        Assert.Equal("""{"digest":"sha256:aa","n":1}""", received.JsonObject()!.Value.GetRawText());
    }

    [Fact]
    public async Task BinaryResponse_HasHeadersAndTheDataAsBody()
    {
        var cloudEvent = new CloudEvent
        {
            Id = "1",
            Source = new Uri("/a", UriKind.Relative),
            Type = "t",
            DataContentType = "application/json",
            Data = new JsonObject(),
        };
        var response = new DefaultHttpContext().Response;
        using var body = new MemoryStream();
        response.Body = body;

        await cloudEvent.CopyToHttpResponseAsync(response, ContentMode.Binary, EventFormat.Formatter, Token);

        Assert.Equal("application/json", response.ContentType);
        Assert.Equal("1.0", response.Headers["ce-specversion"]);
        Assert.Equal("t", response.Headers["ce-type"]);
        Assert.Equal("{}", Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task Bind_OfStructuredEvent_GivesIt()
    {
        var bound = await Bind("application/cloudevents+json; charset=utf-8", """{"specversion":"1.0","id":"1","source":"/a","type":"t","data":{"a":[1]}}""");

        Assert.Null(bound.Problem);
        Assert.Equal("t", bound.Event!.Type);
        Assert.Equal(JsonValueKind.Array, bound.Event.JsonObject()!.Value.GetProperty("a").ValueKind);
    }

    [Fact]
    public async Task Bind_OfBinaryEventWithoutBody_GivesItWithoutData()
    {
        var bound = await Bind(null, "", ("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/a"), ("ce-type", "t"));

        Assert.Equal("t", bound.Event!.Type);
        Assert.Null(bound.Event.JsonObject());
    }

    [Theory]
    [InlineData("application/json", "{}", 415, "The request is no CloudEvent; send ce-specversion 1.0 headers or application/cloudevents+json.")]
    [InlineData(null, "", 415, "The request is no CloudEvent; send ce-specversion 1.0 headers or application/cloudevents+json.")]
    [InlineData("application/cloudevents-batch+json", "[]", 415, "A batch of events is not taken; send them one by one.")]
    public async Task Bind_OfNoEvent_IsUnsupported(string? contentType, string body, int status, string detail)
    {
        var bound = await Bind(contentType, body);

        Assert.Null(bound.Event);
        Assert.Equal(status, bound.Problem!.StatusCode);
        Assert.Equal(detail, bound.Problem.ProblemDetails.Detail);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"specversion":"9.9","id":"1","source":"/a","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","source":"/a","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":1,"source":"/a","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/a","type":"t","time":"now"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/a","type":"t","BAD":"x"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/a","type":"t","data":1,"data_base64":"AA=="}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/a","type":"t","data_base64":"*"}""")]
    public async Task Bind_OfMalformedStructuredEvent_IsABadRequest(string body)
    {
        var bound = await Bind("application/cloudevents+json", body);

        Assert.Equal(400, bound.Problem?.StatusCode);
        Assert.StartsWith("The CloudEvent is malformed: ", bound.Problem!.ProblemDetails.Detail);
    }

    [Theory]
    [InlineData("ce-specversion", "0.9")]
    [InlineData("ce-id", "")]
    [InlineData("ce-time", "noon")]
    public async Task Bind_OfMalformedBinaryEvent_IsABadRequest(string header, string value)
    {
        var headers = new Dictionary<string, string>
        {
            ["ce-specversion"] = "1.0",
            ["ce-id"] = "1",
            ["ce-source"] = "/a",
            ["ce-type"] = "t",
            [header] = value,
        };
        var bound = await Bind("application/json", "{}", [.. headers.Select(h => (h.Key, h.Value))]);

        Assert.Equal(400, bound.Problem?.StatusCode);
    }

    [Fact]
    public async Task Bind_OfBinaryEventWithBrokenJson_IsABadRequest()
    {
        var bound = await Bind(
            "application/json", "{", ("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/a"), ("ce-type", "t"));

        Assert.Equal(400, bound.Problem?.StatusCode);
    }

    [Fact]
    public async Task Bind_OfTooLongBody_IsRefusedWith413()
    {
        var bound = await Bind("application/cloudevents+json", new string(' ', 2 * 1024 * 1024 + 1));

        Assert.Equal(413, bound.Problem?.StatusCode);
        Assert.Equal("the event is longer than 2097152 bytes.", bound.Problem!.ProblemDetails.Detail);
    }

    private static async Task<BoundEvent> Bind(string? contentType, string body, params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            dictionary[name] = value;
        }

        return await BoundEvent.BindAsync(Request(contentType, dictionary, Encoding.UTF8.GetBytes(body)).HttpContext);
    }

    private static HttpRequest Request(string? contentType, IHeaderDictionary headers, byte[] body)
    {
        var request = new DefaultHttpContext().Request;
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        request.ContentType = contentType;
        request.Body = new MemoryStream(body);
        return request;
    }
}
