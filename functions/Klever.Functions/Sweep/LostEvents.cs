using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using Klever.Eventing;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.Sweep;

/// <summary>Events that were lost, once more, as whoever takes them knows them: type and attributes of the sender, but a source of
/// our own. They carry no state: who takes one asks the registry or the cluster.</summary>
internal static class LostEvents
{
    private static readonly Uri Source = new("/klever/sweep", UriKind.Relative);

    /// <summary>As Harbor tells of a push (payload format CloudEvents).</summary>
    public static CloudEvent Push(string repository, Digest digest, string tag) => Create(
        EventTypes.HarborArtifactPushed,
        $"{repository}:{tag}",
        new JsonObject
        {
            ["resources"] = new JsonArray(new JsonObject { ["digest"] = digest.ToString(), ["tag"] = tag }),
            ["repository"] = new JsonObject { ["repo_full_name"] = repository },
        });

    /// <summary>As an ApiServerSource tells of a new ModelJob.</summary>
    public static CloudEvent ModelJobAdded(ModelJob modelJob) =>
        Resource(EventTypes.ResourceAdded, ResourceKinds.ModelJob, modelJob.Namespace, modelJob.Name);

    /// <summary>As an ApiServerSource tells of a Job that has changed; it has the name of its ModelJob.</summary>
    public static CloudEvent JobUpdated(ModelJob modelJob) =>
        Resource(EventTypes.ResourceUpdated, ResourceKinds.Job, modelJob.Namespace, modelJob.Name);

    private static CloudEvent Resource(string type, ResourceKind kind, string namespaceName, string name)
    {
        var cloudEvent = Create(type, $"/{kind.Path(namespaceName, name)}", []);
        cloudEvent["apiversion"] = kind.Group.Length == 0 ? kind.Version : $"{kind.Group}/{kind.Version}";
        cloudEvent["kind"] = kind.Kind;
        cloudEvent["namespace"] = namespaceName;
        cloudEvent["name"] = name;
        return cloudEvent;
    }

    private static CloudEvent Create(string type, string subject, JsonObject data) => new(CloudEventsSpecVersion.V1_0)
    {
        Id = Guid.NewGuid().ToString(),
        Type = type,
        Source = Source,
        Subject = subject,
        DataContentType = "application/json",
        Data = data,
    };
}
