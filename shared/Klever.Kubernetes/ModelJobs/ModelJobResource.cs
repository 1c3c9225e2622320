namespace Klever.Kubernetes.ModelJobs;

/// <summary>The names under which the API server knows ModelJobs; <c>knative/base/modeljob.crd.yaml</c> is held to
/// them by test.</summary>
public static class ModelJobResource
{
    public const string Group = "kleveross.io";
    public const string Version = "v1alpha1";
    public const string ApiVersion = Group + "/" + Version;
    public const string Kind = "ModelJob";
    public const string Plural = "modeljobs";

    /// <summary>Label whose value <c>true</c> marks an extraction; the <c>filter</c> of the REST list uses it as
    /// upstream does.</summary>
    public const string ExtractLabel = "modeljob/extract";

    /// <summary>Label whose value <c>true</c> marks a conversion.</summary>
    public const string ConvertLabel = "modeljob/convert";

    /// <summary>Label on a Job and its pods: the name of the ModelJob.</summary>
    public const string NameLabel = "kleveross.io/modeljob";

    public const string ManagedByLabel = "app.kubernetes.io/managed-by";
    public const string ManagedByValue = "klever";

    /// <summary>Annotation on an automatic ModelJob: where the push was told of (the event's source).</summary>
    public const string EventSourceAnnotation = "kleveross.io/event-source";

    /// <summary>Annotation on an automatic ModelJob: the id of the event that asked for it.</summary>
    public const string EventIdAnnotation = "kleveross.io/event-id";
}
