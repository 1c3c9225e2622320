using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>Runs one pod from its first init container to its end.</summary>
internal sealed class PodRun(ApiObjects objects, PodOptions options, ContainerLogs logs, string podsDirectory, JsonObject pod)
{
    private static readonly TimeSpan LongestRestartDelay = TimeSpan.FromMinutes(5);
    private readonly EventRecorder _events = new(objects, "kubelet");
    private readonly PodDirectory _directory = new(Path.Combine(podsDirectory, pod.Uid()), objects, pod);
    private PodStatus? _status;

    /// <param name="grace">Asked when the pod is stopped: how long its processes have.</param>
    /// <param name="stopping">The pod is deleted, or the machine stops.</param>
    public async Task RunAsync(Func<TimeSpan> grace, CancellationToken stopping)
    {
        var initial = pod.Objects("spec", "initContainers").Select(c => new ContainerStatus(c, isInit: true)).ToList();
        var main = pod.Objects("spec", "containers").Select(c => new ContainerStatus(c, isInit: false)).ToList();
        initial.Skip(1).Concat(initial.Count > 0 ? main : []).ToList().ForEach(c => c.WaitingReason = "PodInitializing");
        _status = new PodStatus(objects, pod, [.. initial, .. main]);
        _status.Change(() => { });
        try
        {
            await PrepareAsync(stopping);
            foreach (var container in initial)
            {
                await RunContainerAsync(container, grace, stopping);
                if (!container.HasSucceeded)
                {
                    return;
                }
            }

            await Task.WhenAll(main.Select(c => RunContainerAsync(c, grace, stopping)));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        finally
        {
            _directory.DeleteContents();
        }
    }

    /// <summary>Says why the machine ends the pod; called before and after it is stopped.</summary>
    public void Disrupt(string message) => _status?.Disrupt(message);

    private async Task PrepareAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                _directory.Prepare();
                return;
            }
            catch (ContainerConfigException exception)
            {
                _events.Record(pod, "Warning", "FailedMount", exception.Message);
                await Task.Delay(options.ImageRetryDelay, stopping);
            }
        }
    }

    private async Task RunContainerAsync(ContainerStatus container, Func<TimeSpan> grace, CancellationToken stopping)
    {
        while (true)
        {
            var plan = await PlanAsync(container, stopping);
            var run = new ContainerRun(plan, _directory, logs, objects.Clock);
            using var probing = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var end = await run.RunAsync(
                pod, container.Container, container.RestartCount, () => Show(container, probing.Token), grace, stopping);
            await probing.CancelAsync();
            _status!.Change(() => container.End(end));
            stopping.ThrowIfCancellationRequested();
            var policy = pod.Text("spec", "restartPolicy");
            if (policy == "Never" || (policy == "OnFailure" && end.ExitCode == 0) || container is { IsInit: true, HasSucceeded: true })
            {
                return;
            }

            _events.Record(pod, "Warning", "BackOff", $"Back-off restarting failed container {container.Name} in pod {pod.Name()}");
            var delay = options.BackoffDelay * Math.Pow(2, Math.Min(container.RestartCount, 16));
            container.WaitingReason = "CrashLoopBackOff";
            _status.Change(container.Restart);
            await Task.Delay(delay < LongestRestartDelay ? delay : LongestRestartDelay, stopping);
        }
    }

    private void Show(ContainerStatus container, CancellationToken ended)
    {
        _status!.Change(() => container.Start(objects.Clock.GetUtcNow()));
        _events.Record(pod, "Normal", "Started", $"Started container {container.Name}");
        if (!container.IsInit && ReadinessProbe.Of(container.Container, PodAddress.Of(pod)) is { } probe)
        {
            _ = probe.WatchAsync(answer => _status.Change(() => container.PassesProbe = answer && !ended.IsCancellationRequested), ended);
        }
    }

    /// <summary>Waits, as kubelet does, until the container can be started: its image, its Secrets and ConfigMaps are there.</summary>
    private async Task<ProcessPlan> PlanAsync(ContainerStatus container, CancellationToken stopping)
    {
        var planner = new ProcessPlanner(objects, options, pod, _directory);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return planner.Plan(container.Container, container.RestartCount);
            }
            catch (ContainerConfigException exception)
            {
                var isBackOff = exception.Reason == "ErrImagePull" && attempt % 2 == 1;
                _status!.Change(() => (container.WaitingReason, container.WaitingMessage) = isBackOff
                    ? ("ImagePullBackOff", $"Back-off pulling image \"{container.Container.Text("image")}\": ErrImagePull: {exception.Message}")
                    : (exception.Reason, exception.Message));
                _events.Record(pod, "Warning", isBackOff ? "BackOff" : "Failed", exception.Message);
                await Task.Delay(options.ImageRetryDelay, stopping);
            }
        }
    }
}
