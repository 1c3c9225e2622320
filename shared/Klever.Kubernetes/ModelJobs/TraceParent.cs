using System.Diagnostics;
using k8s.Models;

namespace Klever.Kubernetes.ModelJobs;

/// <summary>Where in which trace an object was asked for (W3C Trace Context), as an annotation of it.</summary>
public static class TraceParent
{
    public const string Annotation = "kleveross.io/traceparent";

    /// <summary>The annotation, if it is one; what anybody may write there is looked at before it goes anywhere.</summary>
    public static string? Of(V1ObjectMeta metadata) =>
        metadata.Annotations?.TryGetValue(Annotation, out var text) is true && ActivityContext.TryParse(text, null, out _) ? text : null;
}
