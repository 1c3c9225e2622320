using System.Text.Json.Nodes;
using Klever.Local.Cluster.Kinds;
using Klever.Local.Cluster.Storage;

namespace Klever.Local.Cluster.Objects;

/// <summary>Deletes an object, or marks it as being deleted while finalizers, dependents or a running pod hold it.</summary>
internal sealed class ObjectDeletion(ObjectStore store, TimeProvider clock)
{
    public const string ForegroundFinalizer = "foregroundDeletion";
    public const string OrphanFinalizer = "orphan";

    /// <returns>What is left of the object, null when it is gone, and the object as it was.</returns>
    public (JsonObject? Left, JsonObject Before) Delete(ResourceType type, ObjectKey key, DeletionRequest request)
    {
        JsonObject? before = null;
        var left = store.Apply(
            key,
            current =>
            {
                before = current ?? throw ApiErrors.NotFound(type, key.Name);
                CheckPreconditions(type, current, request);
                return Marked(type, current, request);
            },
            request.DryRun);
        return (left, before!);
    }

    /// <summary>Whether nothing holds an object that is being deleted any more.</summary>
    public static bool IsFree(ResourceType type, JsonObject item) =>
        item.IsBeingDeleted()
        && item.Finalizers().Count == 0
        && (item.Number("metadata", "deletionGracePeriodSeconds") ?? 0) == 0
        && type.Key != BuiltInTypes.Namespaces.Key;

    private static void CheckPreconditions(ResourceType type, JsonObject current, DeletionRequest request)
    {
        if (request.Uid is not null && request.Uid != current.Uid())
        {
            throw ApiErrors.Conflict(
                type, current.Name(), $"Precondition failed: UID in precondition: {request.Uid}, UID in object meta: {current.Uid()}");
        }

        if (request.ResourceVersion is not null && request.ResourceVersion != current.ResourceVersion())
        {
            throw ApiErrors.Conflict(
                type,
                current.Name(),
                $"Precondition failed: ResourceVersion in precondition: {request.ResourceVersion}, "
                + $"ResourceVersion in object meta: {current.ResourceVersion()}");
        }
    }

    private JsonObject? Marked(ResourceType type, JsonObject current, DeletionRequest request)
    {
        var item = current.Clone();
        var metadata = item.Metadata();
        item.SetFinalizers([.. current.Finalizers(), .. PolicyFinalizers(type, request)]);
        var grace = Grace(type, current, request);
        metadata["deletionTimestamp"] ??= Timestamp.Seconds(clock.GetUtcNow().AddSeconds(grace));
        metadata["deletionGracePeriodSeconds"] = Math.Min(grace, current.Number("metadata", "deletionGracePeriodSeconds") ?? grace);
        if (IsFree(type, item))
        {
            return null;
        }

        if (!current.IsBeingDeleted())
        {
            metadata["generation"] = (current.Number("metadata", "generation") ?? 1) + 1;
        }

        KindRules.SetDefaults(type, item);
        return item;
    }

    /// <summary>A Job deleted without a word about its pods leaves them, as batch/v1 does for the sake of old clients.</summary>
    private static IEnumerable<string> PolicyFinalizers(ResourceType type, DeletionRequest request) =>
        (request.Propagation ?? (type.Key == BuiltInTypes.Jobs.Key ? "Orphan" : "Background")) switch
        {
            "Orphan" => [OrphanFinalizer],
            "Foreground" => [ForegroundFinalizer],
            _ => [],
        };

    /// <summary>Only a pod that runs somewhere is given time; everything else goes at once.</summary>
    private static long Grace(ResourceType type, JsonObject current, DeletionRequest request)
    {
        var isRunningPod = type.Key == BuiltInTypes.Pods.Key
            && current.Text("spec", "nodeName") is not null
            && current.Text("status", "phase") is not ("Succeeded" or "Failed");
        return isRunningPod
            ? request.GracePeriodSeconds ?? current.Number("spec", "terminationGracePeriodSeconds") ?? PodRules.DefaultGracePeriodSeconds
            : 0;
    }
}
