using System.Text.Json.Nodes;
using Klever.Local.Cluster;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Storage;

namespace Klever.Local.Jobs;

/// <summary>Carries out what <see cref="JobPlanner"/> decides, whenever a Job or one of its pods changes, or a time has come.</summary>
internal sealed class JobController(ApiObjects objects, PodOptions options)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private readonly EventRecorder _events = new(objects, "job-controller");
    private readonly Dictionary<ObjectKey, DateTimeOffset> _wakes = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        var revision = objects.Store.Revision;
        foreach (var job in objects.List(BuiltInTypes.Jobs, ns: null).Items)
        {
            Reconcile(ObjectKey.Of(BuiltInTypes.Jobs, job));
        }

        while (true)
        {
            var (changes, arrival) = objects.Store.History.After(revision);
            revision = changes.Count > 0 ? changes[^1].Revision : revision;
            var due = _wakes.Where(w => w.Value <= objects.Clock.GetUtcNow()).Select(w => w.Key).ToList();
            foreach (var key in changes.Select(JobOf).OfType<ObjectKey>().Concat(due).Distinct())
            {
                Reconcile(key);
            }

            await Task.WhenAny(arrival, Task.Delay(NextWait(), stopping));
            stopping.ThrowIfCancellationRequested();
        }
    }

    private TimeSpan NextWait()
    {
        var next = _wakes.Count == 0 ? LongestWait : _wakes.Values.Min() - objects.Clock.GetUtcNow();
        return next < TimeSpan.Zero ? TimeSpan.Zero : next < LongestWait ? next : LongestWait;
    }

    private static ObjectKey? JobOf(Change change)
    {
        if (change.Key.Type == BuiltInTypes.Jobs.Key)
        {
            return change.Key;
        }

        var owner = change.Key.Type == BuiltInTypes.Pods.Key ? (change.After ?? change.Before)!.Controller() : null;
        return owner.Text("kind") == "Job" ? new ObjectKey(BuiltInTypes.Jobs.Key, change.Key.Namespace, owner.Text("name")!) : null;
    }

    private void Reconcile(ObjectKey key)
    {
        _wakes.Remove(key);
        if (objects.Find(BuiltInTypes.Jobs, key.Namespace, key.Name) is not { } job)
        {
            return;
        }

        try
        {
            var now = objects.Clock.GetUtcNow();
            var pods = new JobPods(job, objects.List(BuiltInTypes.Pods, key.Namespace).Items);
            Carry(key, job, JobPlanner.Plan(job, pods, options.BackoffDelay, now));
        }
        catch (ApiException exception) when (exception.Code is 404 or 409)
        {
            // It went, or changed, meanwhile; the change brings us back here.
        }
    }

    private void Carry(ObjectKey key, JsonObject job, JobPlan plan)
    {
        if (plan.WakeAt is { } wake)
        {
            _wakes[key] = wake;
        }

        if (plan.DeleteJob)
        {
            objects.Delete(BuiltInTypes.Jobs, key.Namespace, key.Name, new DeletionRequest { Propagation = "Background" });
            return;
        }

        foreach (var pod in plan.PodsToDelete)
        {
            objects.Delete(BuiltInTypes.Pods, pod.Namespace(), pod.Name(), new DeletionRequest());
            _events.Record(job, "Normal", "SuccessfulDelete", $"Deleted pod: {pod.Name()}");
        }

        objects.UpdateStatus(BuiltInTypes.Jobs, job, status => Replace(status, plan.Status));
        Announce(job, plan.Status);
        for (var count = 0; count < plan.PodsToCreate; count++)
        {
            var pod = objects.Create(BuiltInTypes.Pods, key.Namespace, JobPod.Of(job));
            _events.Record(job, "Normal", "SuccessfulCreate", $"Created pod: {pod.Name()}");
        }
    }

    private static void Replace(JsonObject status, JsonObject next)
    {
        status.Clear();
        foreach (var (name, value) in next)
        {
            status[name] = value?.DeepClone();
        }
    }

    private void Announce(JsonObject job, JsonObject status)
    {
        var finished = JobConditions.Finished(status);
        if (finished is null || JobConditions.Finished(job.At("status") as JsonObject ?? []) is not null)
        {
            return;
        }

        var isComplete = finished.Text("type") == "Complete";
        _events.Record(
            job,
            isComplete ? "Normal" : "Warning",
            isComplete ? "Completed" : finished.Text("reason")!,
            isComplete ? "Job completed" : finished.Text("message")!);
    }
}
