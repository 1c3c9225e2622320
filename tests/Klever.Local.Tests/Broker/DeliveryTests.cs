using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Klever.Local.Tests.Broker;

public sealed class DeliveryTests
{
    private const string Yaml =
        """
        apiVersion: eventing.knative.dev/v1
        kind: Broker
        metadata: {name: default}
        ---
        apiVersion: eventing.knative.dev/v1
        kind: Trigger
        metadata: {name: taker}
        spec:
          broker: default
          filter: {attributes: {type: test.taken}}
          subscriber:
            ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: taker}
            uri: /events/taker
          delivery:
            retry: 3
            backoffPolicy: exponential
            backoffDelay: PT0.1S
            timeout: PT2S
            deadLetterSink:
              ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: letters}
        ---
        apiVersion: eventing.knative.dev/v1
        kind: Trigger
        metadata: {name: replies}
        spec:
          broker: default
          filter: {attributes: {type: test.reply}}
          subscriber:
            ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: replies}
        """;

    [Fact]
    public async Task Event_IsDeliveredInBinaryModeToThePathOfTheTrigger()
    {
        await using var taker = await RecordingSubscriber.StartAsync();
        await using var test = await EventingTest.StartAsync(Yaml, ("taker", taker));

        var code = await test.SendAsync("test.taken", body: """{"a":1}""");

        Assert.Equal(HttpStatusCode.Accepted, code);
        var received = (await taker.WaitForAsync(1))[0];
        Assert.Equal("/events/taker", received.Path);
        Assert.Equal("test.taken", received.Attribute("type"));
        Assert.Equal("""{"a":1}""", received.Body);
        Assert.Equal("reply", received.Headers["prefer"]);
        Assert.NotNull(received.Attribute("knativearrivaltime"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(429)]
    public async Task Refusal_ThatMayPass_IsRetriedWithGrowingPauses(int status)
    {
        await using var taker = await RecordingSubscriber.StartAsync((context, attempt) =>
        {
            context.Response.StatusCode = attempt <= 2 ? status : 202;
            return Task.CompletedTask;
        });
        await using var test = await EventingTest.StartAsync(Yaml, ("taker", taker));

        await test.SendAsync("test.taken");

        var received = await taker.WaitForAsync(3);
        Assert.All(received, r => Assert.Equal("1", r.Attribute("id")));
        Assert.Equal([TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.2)], test.Clock.Pauses);
    }

    [Fact]
    public async Task Refusal_ThatDoesNotPass_BecomesADeadLetterAfterAllRetries()
    {
        await using var taker = await RecordingSubscriber.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("no registry");
        });
        await using var letters = await RecordingSubscriber.StartAsync();
        await using var test = await EventingTest.StartAsync(Yaml, ("taker", taker), ("letters", letters));

        await test.SendAsync("test.taken", id: "lost");

        var letter = (await letters.WaitForAsync(1))[0];
        Assert.Equal(4, taker.Received.Count);
        Assert.Equal("lost", letter.Attribute("id"));
        Assert.Equal("503", letter.Attribute("knativeerrorcode"));
        Assert.Contains("/events/taker", letter.Attribute("knativeerrordest"));
        Assert.Equal("no registry", Encoding.UTF8.GetString(Convert.FromBase64String(letter.Attribute("knativeerrordata")!)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(422)]
    public async Task Refusal_ThatIsFinal_IsNotRetried(int status)
    {
        await using var taker = await RecordingSubscriber.StartAsync((context, _) =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using var letters = await RecordingSubscriber.StartAsync();
        await using var test = await EventingTest.StartAsync(Yaml, ("taker", taker), ("letters", letters));

        await test.SendAsync("test.taken");

        await letters.WaitForAsync(1);
        Assert.Single(taker.Received);
    }

    [Fact]
    public async Task Answer_WithABodyThatIsNoEvent_CountsAs502()
    {
        await using var taker = await RecordingSubscriber.StartAsync((context, _) => context.Response.WriteAsync("""{"done":true}"""));
        await using var letters = await RecordingSubscriber.StartAsync();
        await using var test = await EventingTest.StartAsync(Yaml, ("taker", taker), ("letters", letters));

        await test.SendAsync("test.taken");

        Assert.Equal("502", (await letters.WaitForAsync(1))[0].Attribute("knativeerrorcode"));
        Assert.Equal(4, taker.Received.Count);
    }

    [Fact]
    public async Task Answer_ThatIsAnEvent_GoesBackToTheBroker()
    {
        await using var taker = await RecordingSubscriber.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 200;
            context.Response.Headers["ce-specversion"] = "1.0";
            context.Response.Headers["ce-type"] = "test.reply";
            context.Response.Headers["ce-source"] = "/taker";
            context.Response.Headers["ce-id"] = "answer";
            return Task.CompletedTask;
        });
        await using var replies = await RecordingSubscriber.StartAsync();
        await using var test = await EventingTest.StartAsync(Yaml, ("taker", taker), ("replies", replies));

        await test.SendAsync("test.taken");

        Assert.Equal("answer", (await replies.WaitForAsync(1))[0].Attribute("id"));
    }

    [Fact]
    public async Task Subscriber_ThatDoesNotAnswer_IsGivenUpAfterTheTimeout()
    {
        await using var taker = await RecordingSubscriber.StartAsync((context, attempt) =>
            attempt == 1 ? Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted) : Task.CompletedTask);
        await using var test = await EventingTest.StartAsync(Yaml, ("taker", taker));

        await test.SendAsync("test.taken");

        await taker.WaitForAsync(2);
        Assert.Equal(["1  retried", "2 202 delivered"], await test.DeliveriesAsync(2));
    }

    [Fact]
    public async Task Deliveries_CanBeReadAfterwards()
    {
        await using var taker = await RecordingSubscriber.StartAsync((context, attempt) =>
        {
            context.Response.StatusCode = attempt == 1 ? 503 : 202;
            return Task.CompletedTask;
        });
        await using var test = await EventingTest.StartAsync(Yaml, ("taker", taker));

        await test.SendAsync("test.taken");
        await taker.WaitForAsync(2);

        Assert.Equal(["1 503 retried", "2 202 delivered"], await test.DeliveriesAsync(2));
    }

    [Fact]
    public async Task Ingress_AnswersBeforeTheSubscriberDoes()
    {
        var release = new TaskCompletionSource();
        await using var taker = await RecordingSubscriber.StartAsync((_, _) => release.Task);
        await using var test = await EventingTest.StartAsync(Yaml, ("taker", taker));

        var code = await test.SendAsync("test.taken");

        Assert.Equal(HttpStatusCode.Accepted, code);
        await taker.WaitForAsync(1);
        release.SetResult();
    }

    [Fact]
    public async Task Ingress_RefusesWhatIsNoEventAndUnknownBrokers()
    {
        await using var test = await EventingTest.StartAsync(Yaml);

        Assert.Equal(HttpStatusCode.BadRequest, await test.PostAsync("/default/default", "{}"));
        Assert.Equal(HttpStatusCode.BadRequest, await test.SendAsync("test.taken", id: null));
        Assert.Equal(HttpStatusCode.NotFound, await test.SendAsync("test.taken", broker: "other"));
    }
}
