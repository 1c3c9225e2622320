using System.Text.Json.Nodes;
using Klever.Local.Cluster;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>Writes the status of one pod as kubelet does, each time something of it changes.</summary>
internal sealed class PodStatus(ApiObjects objects, JsonObject pod, IReadOnlyList<ContainerStatus> containers)
{
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _startTime = objects.Clock.GetUtcNow();
    private string? _disruption;

    /// <summary>Changes what is known of a container, and shows it.</summary>
    public void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Write(_disruption is null ? Phase() : "Failed");
        }
    }

    /// <summary>The phase that follows from the containers: Pending until a main container runs.</summary>
    public string Phase()
    {
        var main = containers.Where(c => !c.IsInit).ToList();
        var restarts = pod.Text("spec", "restartPolicy") != "Never";
        var isFailedInit = !restarts && containers.Any(c => c.IsInit && c.Terminated is { ExitCode: not 0 });
        return main switch
        {
            _ when isFailedInit => "Failed",
            _ when main.All(c => c.HasSucceeded) => "Succeeded",
            _ when main.All(c => c.Terminated is not null) && !restarts => "Failed",
            _ when main.All(c => c.RunningSince is null && c.Terminated is null && c.RestartCount == 0) => "Pending",
            _ => "Running",
        };
    }

    /// <summary>The machine ends the pod: unless it has succeeded it shows as failed, with the condition DisruptionTarget.</summary>
    public void Disrupt(string message)
    {
        lock (_gate)
        {
            if (Phase() is not ("Succeeded" or "Failed") || _disruption is not null)
            {
                _disruption = message;
                Write("Failed");
            }
        }
    }

    private void Write(string phase)
    {
        try
        {
            objects.UpdateStatus(BuiltInTypes.Pods, pod, status =>
            {
                status["phase"] = phase;
                status["hostIP"] = "127.0.0.1";
                status["podIP"] = PodAddress.Of(pod);
                status["startTime"] ??= Timestamp.Seconds(_startTime);
                status["conditions"] = PodConditions.Of(phase, containers, _disruption, status, objects.Clock.GetUtcNow());
                SetStatuses(status, "initContainerStatuses", containers.Where(c => c.IsInit));
                SetStatuses(status, "containerStatuses", containers.Where(c => !c.IsInit));
            });
        }
        catch (ApiException exception) when (exception.Code == 404)
        {
            // Deleted while it ran; nobody reads its status any more.
        }
    }

    private static void SetStatuses(JsonObject status, string name, IEnumerable<ContainerStatus> containers)
    {
        var list = new JsonArray([.. containers.Select(c => (JsonNode)c.ToJson())]);
        if (list.Count > 0)
        {
            status[name] = list;
        }
    }
}
