using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>What is known of one container of a pod, in the form of core/v1 ContainerStatus.</summary>
internal sealed class ContainerStatus(JsonObject container, bool isInit)
{
    private Termination? _last;

    public JsonObject Container => container;

    public bool IsInit => isInit;

    public string Name { get; } = container.Text("name")!;

    public string WaitingReason { get; set; } = "ContainerCreating";

    public string WaitingMessage { get; set; } = "";

    public DateTimeOffset? RunningSince { get; private set; }

    /// <summary>Whether it runs and, where it has a probe, says that it is ready.</summary>
    public bool IsReady => isInit ? HasSucceeded : RunningSince is not null && (PassesProbe || container.At("readinessProbe") is null);

    /// <summary>What the readiness probe found last.</summary>
    public bool PassesProbe { get; set; }

    public Termination? Terminated { get; private set; }

    public int RestartCount { get; private set; }

    public bool HasSucceeded => Terminated?.ExitCode == 0;

    public void Start(DateTimeOffset now) => (RunningSince, Terminated, PassesProbe) = (now, null, false);

    public void End(Termination termination) => (RunningSince, Terminated) = (null, termination);

    /// <summary>Before the next run: what has ended becomes the last state.</summary>
    public void Restart()
    {
        (_last, Terminated) = (Terminated, null);
        RestartCount++;
    }

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["image"] = container.Text("image"),
        ["imageID"] = "",
        ["ready"] = IsReady,
        ["started"] = RunningSince is not null,
        ["restartCount"] = RestartCount,
        ["state"] = State(),
        ["lastState"] = _last is null ? new JsonObject() : new JsonObject { ["terminated"] = _last.ToJson() },
    };

    private JsonObject State()
    {
        if (Terminated is not null)
        {
            return new JsonObject { ["terminated"] = Terminated.ToJson() };
        }

        if (RunningSince is { } since)
        {
            return new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Timestamp.Seconds(since) } };
        }

        var waiting = new JsonObject { ["reason"] = WaitingReason };
        if (WaitingMessage.Length > 0)
        {
            waiting["message"] = WaitingMessage;
        }

        return new JsonObject { ["waiting"] = waiting };
    }
}
