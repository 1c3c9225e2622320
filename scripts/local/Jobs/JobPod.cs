using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>The pod that a Job's template describes.</summary>
internal static class JobPod
{
    public static JsonObject Of(JsonObject job)
    {
        var template = job.At("spec", "template");
        var metadata = template.At("metadata") is JsonObject given ? given.Clone() : [];
        metadata["generateName"] = $"{job.Name()}-";
        metadata["ownerReferences"] = new JsonArray(job.ControllerReference());
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = metadata,
            ["spec"] = template.At("spec")!.DeepClone(),
        };
    }
}
