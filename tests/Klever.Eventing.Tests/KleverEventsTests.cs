using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using Klever.Eventing.CloudEvents;
using Klever.Models;

namespace Klever.Eventing.Tests;

public sealed class KleverEventsTests
{
    private static readonly ModelReference Model = ModelReference.Parse("harbor.example.com/release/bert:v1");
    private static readonly ObjectIdentity Job = new("models", "extract-bert", "u-1");
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Digest Before = Digest.Parse("sha256:" + new string('a', 64));
    private static readonly Digest After = Digest.Parse("sha256:" + new string('b', 64));

    [Fact]
    public void ModelJobCreated_IsAsPublished()
    {
        AssertEvent(
            """{"specversion":"1.0","id":"u-1","source":"/klever/functions","type":"io.kleveross.modeljob.created.v1","datacontenttype":"application/json","subject":"harbor.example.com/release/bert:v1","time":"2026-01-02T03:04:05Z","data":{"namespace":"models","name":"extract-bert","uid":"u-1"}}""",
            KleverEvents.ModelJobCreated(Model, Job, Time));
    }

    [Fact]
    public void ModelUpdated_IsAsPublished()
    {
        AssertEvent(
            $$$"""{"specversion":"1.0","id":"u-1/{{{After.Hex}}}","source":"/klever/functions","type":"io.kleveross.model.updated.v1","datacontenttype":"application/json","subject":"harbor.example.com/release/bert:v1","time":"2026-01-02T03:04:05Z","data":{"namespace":"models","name":"extract-bert","uid":"u-1","sourceDigest":"{{{Before}}}","digest":"{{{After}}}"}}""",
            KleverEvents.ModelUpdated(Model, Before, After, Job, Time));
    }

    [Fact]
    public void ModelJobFailed_IsAsPublished()
    {
        AssertEvent(
            """{"specversion":"1.0","id":"u-1/failed","source":"/klever/functions","type":"io.kleveross.modeljob.failed.v1","datacontenttype":"application/json","subject":"harbor.example.com/release/bert:v1","time":"2026-01-02T03:04:05Z","data":{"namespace":"models","name":"extract-bert","uid":"u-1","reason":"PullFailed","message":"failed to pull model"}}""",
            KleverEvents.ModelJobFailed(Model, Job, "PullFailed", "failed to pull model", Time));
    }

    [Fact]
    public void Event_OfTracedWork_CarriesTheTrace()
    {
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();

        var cloudEvent = KleverEvents.ServingCreated(Model, Job, Time);

        Assert.Equal(activity.Id, cloudEvent["traceparent"]);
        Assert.Equal("io.kleveross.serving.created.v1", cloudEvent.Type);
    }

    private static void AssertEvent(string expected, CloudEvent cloudEvent)
    {
        Assert.True(cloudEvent.IsValid);
        var json = EventFormat.Formatter.EncodeStructuredModeMessage(cloudEvent, out _);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(json.Span)), Encoding.UTF8.GetString(json.Span));
    }
}
