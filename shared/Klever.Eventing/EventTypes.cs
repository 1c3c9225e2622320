namespace Klever.Eventing;

/// <summary>The types of the events that Klever takes and gives (DESIGN.md, section 4.5).</summary>
public static class EventTypes
{
    /// <summary>Harbor, payload format CloudEvents: an artifact was pushed.</summary>
    public const string HarborArtifactPushed = "harbor.artifact.pushed";

    /// <summary>Knative ApiServerSource in mode Resource: the data is the whole object.</summary>
    public const string ResourceAdded = "dev.knative.apiserver.resource.add";
    public const string ResourceUpdated = "dev.knative.apiserver.resource.update";
    public const string ResourceDeleted = "dev.knative.apiserver.resource.delete";

    /// <summary>Knative PingSource: time for a sweep.</summary>
    public const string Ping = "dev.knative.sources.ping";

    /// <summary>Someone asks for a serving; the data is the body of the REST call.</summary>
    public const string ServingRequested = "io.kleveross.serving.requested.v1";

    public const string ModelJobCreated = "io.kleveross.modeljob.created.v1";
    public const string ModelUpdated = "io.kleveross.model.updated.v1";
    public const string ModelJobFailed = "io.kleveross.modeljob.failed.v1";
    public const string ServingCreated = "io.kleveross.serving.created.v1";
}
