using System.Diagnostics;
using CloudNative.CloudEvents;
using k8s.Models;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Functions.Telemetry;

/// <summary>The spans of the functions. One trace follows a push: it goes with events as the extension <c>traceparent</c>, with the
/// ModelJob and its Job as an annotation, with the pod as TRACEPARENT, with requests as the W3C header.</summary>
/// <remarks>The context is passed on without any exporter too: then only logs and other people's traces show it.</remarks>
internal static class Tracing
{
    public const string SourceName = "Klever.Functions";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Where the present work is, as W3C Trace Context writes it; null outside of any trace.</summary>
    public static string? Parent => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : null;

    /// <summary>The work on an event (semantic conventions for CloudEvents). An event that names no trace stays in that of its request.</summary>
    public static Activity? StartEvent(CloudEvent cloudEvent)
    {
        var activity = Start($"CloudEvents Process {cloudEvent.Type}", ActivityKind.Consumer, cloudEvent["traceparent"] as string);
        activity?.SetTag("cloudevents.event_type", cloudEvent.Type);
        activity?.SetTag("cloudevents.event_id", cloudEvent.Id);
        activity?.SetTag("cloudevents.event_source", cloudEvent.Source?.ToString());
        activity?.SetTag("cloudevents.event_subject", cloudEvent.Subject);
        return activity;
    }

    /// <summary>Work on a ModelJob, in the trace of the push or request that it came from.</summary>
    public static Activity? StartModelJob(string name, ModelJob modelJob)
    {
        var activity = Start(name, ActivityKind.Internal, TraceParent.Of(modelJob.Metadata));
        activity?.SetTag("klever.model", modelJob.Spec.Model);
        activity?.SetTag("k8s.namespace.name", modelJob.Namespace);
        activity?.SetTag("k8s.job.name", modelJob.Name);
        return activity;
    }

    /// <summary>The span of a Job that has ended. It is told here, because its pod reaches the registry and nothing else.</summary>
    public static void RecordJob(ModelJob modelJob, V1Job job)
    {
        if (job.Status is not { StartTime: { } started, CompletionTime: { } ended } || !Source.HasListeners())
        {
            return;
        }

        using var activity = StartModelJob(modelJob.Spec.Conversion is null ? "klever extract" : "klever convert", modelJob);
        activity?.SetStartTime(started);
        activity?.SetEndTime(ended);
    }

    private static Activity? Start(string name, ActivityKind kind, string? parent)
    {
        if (!ActivityContext.TryParse(parent, traceState: null, isRemote: true, out var context))
        {
            return Source.StartActivity(name, kind);
        }

        // The request is another trace's, or another branch of this one: named, so that neither is lost.
        var links = Activity.Current is { } request ? new[] { new ActivityLink(request.Context) } : null;
        return Source.StartActivity(name, kind, context, links: links)
            ?? new Activity(name).SetParentId(context.TraceId, context.SpanId, context.TraceFlags).Start();
    }
}
