using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Klever.Local.Cluster;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Storage;

namespace Klever.Local.Jobs;

/// <summary>Scheduler and kubelet in one: takes up pods as there is room, runs them, and ends those that are deleted.</summary>
internal sealed class PodAgent(ApiObjects objects, PodOptions options, ContainerLogs logs, string podsDirectory)
{
    private const string Node = "local";
    private static readonly TimeSpan ShutdownGrace = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, RunningPod> _running = new();
    private readonly EventRecorder _events = new(objects, "default-scheduler");
    private readonly Lock _gate = new();
    private volatile bool _isStopping;

    public async Task RunAsync(CancellationToken stopping)
    {
        var revision = objects.Store.Revision;
        LeftPods.Mark(objects, podsDirectory);
        try
        {
            while (true)
            {
                var (changes, arrival) = objects.Store.History.After(revision);
                revision = changes.Count > 0 ? changes[^1].Revision : revision;
                EndDeleted();
                StartWaiting();
                DeleteDirectories(changes);
                await arrival.WaitAsync(stopping);
            }
        }
        finally
        {
            await StopAllAsync();
        }
    }

    private IReadOnlyList<JsonObject> Pods() => objects.List(BuiltInTypes.Pods, ns: null).Items;

    private void EndDeleted()
    {
        foreach (var pod in Pods().Where(p => p.IsBeingDeleted()))
        {
            if (_running.TryGetValue(pod.Uid(), out var running))
            {
                running.Stop(TimeSpan.FromSeconds(pod.Number("metadata", "deletionGracePeriodSeconds") ?? 0));
            }
            else
            {
                Remove(pod);
            }
        }

        var present = Pods().Select(p => p.Uid()).ToHashSet();
        foreach (var gone in _running.Where(r => !present.Contains(r.Key)))
        {
            gone.Value.Stop(TimeSpan.Zero);
        }
    }

    private void StartWaiting()
    {
        lock (_gate)
        {
            if (!_isStopping)
            {
                StartWhereThereIsRoom();
            }
        }
    }

    private void StartWhereThereIsRoom()
    {
        var waiting = Pods().Where(p => p.Text("spec", "nodeName") is null && p.Text("status", "phase") == "Pending" && !p.IsBeingDeleted());
        foreach (var pod in waiting.OrderBy(p => long.Parse(p.ResourceVersion())))
        {
            if (HasRoomFor(pod))
            {
                Start(pod);
            }
            else
            {
                MarkUnschedulable(pod);
            }
        }
    }

    // Servers run until they are deleted; they must not keep Jobs from their turn.
    private bool HasRoomFor(JsonObject pod) => IsServer(pod)
        ? _running.Values.Count(r => r.IsServer) < options.MaximumServers
        : _running.Values.Count(r => !r.IsServer) < options.MaximumPods;

    private static bool IsServer(JsonObject pod) => pod.Text("spec", "restartPolicy") == "Always";

    private void Start(JsonObject pod)
    {
        var bound = objects.Store.Apply(ObjectKey.Of(BuiltInTypes.Pods, pod), current =>
        {
            var copy = current?.Clone();
            copy?.Child("spec").Add("nodeName", Node);
            return copy;
        });
        if (bound is null)
        {
            return;
        }

        _events.Record(bound, "Normal", "Scheduled", $"Successfully assigned {bound.Namespace()}/{bound.Name()} to {Node}");
        var running = new RunningPod(new PodRun(objects, options, logs, podsDirectory, bound), IsServer(bound));
        _running[bound.Uid()] = running;
        running.Begin(() => Finish(bound));
    }

    /// <summary>Room has become free: the removal, or this touch, wakes the loop.</summary>
    private void Finish(JsonObject pod)
    {
        _running.TryRemove(pod.Uid(), out _);
        if (objects.Find(BuiltInTypes.Pods, pod.Namespace(), pod.Name()) is { } left && left.IsBeingDeleted())
        {
            Remove(left);
        }

        StartWaiting();
    }

    private void Remove(JsonObject pod)
    {
        try
        {
            objects.Delete(BuiltInTypes.Pods, pod.Namespace(), pod.Name(), new DeletionRequest { GracePeriodSeconds = 0, Uid = pod.Uid() });
        }
        catch (ApiException exception) when (exception.Code is 404 or 409)
        {
        }
    }

    private void DeleteDirectories(IReadOnlyList<Change> changes)
    {
        foreach (var gone in changes.Where(c => c.Key.Type == BuiltInTypes.Pods.Key && c.After is null))
        {
            var directory = Path.Combine(podsDirectory, gone.Before!.Uid());
            if (!_running.ContainsKey(gone.Before!.Uid()) && Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private void MarkUnschedulable(JsonObject pod)
    {
        if (pod.Objects("status", "conditions").Any())
        {
            return;
        }

        var maximum = IsServer(pod) ? options.MaximumServers : options.MaximumPods;
        var message = $"0/1 nodes are available: 1 Too many pods ({maximum} run at once on this machine).";
        objects.UpdateStatus(BuiltInTypes.Pods, pod, status => status["conditions"] = new JsonArray(
            PodConditions.Condition("PodScheduled", isTrue: false, "Unschedulable", message, status, objects.Clock.GetUtcNow())));
    }

    private async Task StopAllAsync()
    {
        _isStopping = true;
        var all = _running.Values.ToList();
        foreach (var running in all)
        {
            running.Run.Disrupt(LeftPods.Message);
            running.Stop(ShutdownGrace);
        }

        await Task.WhenAll(all.Select(r => r.Completion));
    }
}
