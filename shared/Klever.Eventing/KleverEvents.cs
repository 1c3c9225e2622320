using System.Diagnostics;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using Klever.Models;

namespace Klever.Eventing;

/// <summary>The events that Klever gives. Subject is the model; the id follows from what happened, so that an event
/// which is sent
/// twice is recognised as one.</summary>
public static class KleverEvents
{
    /// <summary>The <c>source</c> of all of them; a relative reference, because what counts is what happened, not
    /// which pod says it.</summary>
    public static readonly Uri Source = new("/klever/functions", UriKind.Relative);

    /// <summary>A ModelJob was created for a model.</summary>
    public static CloudEvent ModelJobCreated(ModelReference model, ObjectIdentity job, DateTimeOffset time) =>
        Create(EventTypes.ModelJobCreated, job.Uid, model, time, job.ToJson());

    /// <summary>The ormbfile of a model has its signature now, or a conversion pushed a model.</summary>
    /// <param name="model">Where it is.</param>
    /// <param name="before">The manifest that was read.</param>
    /// <param name="after">The manifest that the result is.</param>
    /// <param name="job">The ModelJob.</param>
    /// <param name="time">When it was written.</param>
    public static CloudEvent ModelUpdated(
        ModelReference model, Digest? before, Digest? after, ObjectIdentity job, DateTimeOffset time)
    {
        var data = job.ToJson();
        data["sourceDigest"] = before?.ToString();
        data["digest"] = after?.ToString();
        return Create(EventTypes.ModelUpdated, $"{job.Uid}/{after?.Hex}", model, time, data);
    }

    /// <param name="model">The model, as the ModelJob names it.</param>
    /// <param name="job">The ModelJob.</param>
    /// <param name="reason">One word of CamelCase, for programs.</param>
    /// <param name="message">A sentence, for people.</param>
    /// <param name="time">When it failed.</param>
    public static CloudEvent ModelJobFailed(
        ModelReference model, ObjectIdentity job, string reason, string message, DateTimeOffset time)
    {
        var data = job.ToJson();
        data["reason"] = reason;
        data["message"] = message;
        return Create(EventTypes.ModelJobFailed, $"{job.Uid}/failed", model, time, data);
    }

    /// <summary>A SeldonDeployment was created for a model.</summary>
    public static CloudEvent ServingCreated(ModelReference model, ObjectIdentity serving, DateTimeOffset time) =>
        Create(EventTypes.ServingCreated, serving.Uid, model, time, serving.ToJson());

    private static CloudEvent Create(string type, string id, ModelReference model, DateTimeOffset time, JsonObject data)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0)
        {
            Id = id,
            Source = Source,
            Type = type,
            Subject = model.ToString(),
            Time = time,
            DataContentType = "application/json",
            Data = data,
        };
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace })
        {
            cloudEvent["traceparent"] = trace;
        }

        return cloudEvent;
    }
}
