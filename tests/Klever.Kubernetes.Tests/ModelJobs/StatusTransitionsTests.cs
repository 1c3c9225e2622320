using System.Text;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests.ModelJobs;

public sealed class StatusTransitionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ModelReference Model = ModelReference.Parse("harbor.example.com/release/bert:v1");
    private static readonly Digest Source = Digest.Parse("sha256:" + new string('a', 64));
    private static readonly Digest Result = Digest.Parse("sha256:" + new string('b', 64));

    private static readonly ModelJob New = new()
    {
        Metadata = new V1ObjectMeta { Name = "a", Generation = 3 },
        Spec = new ModelJobSpec { Model = "release/bert:v1" },
    };

    // A pod's status, then what it amounts to while the Job goes on.
    [Theory]
    [InlineData("{phase: Pending}", "Pending", "ContainerCreating", "container is creating")]
    [InlineData("{phase: Pending, containerStatuses: [{name: executor, state: {waiting: {reason: ContainerCreating}}}]}",
        "Pending", "ContainerCreating", "container is creating")]
    [InlineData("{phase: Pending, initContainerStatuses: [{name: i, state: {waiting: {reason: PodInitializing}}}]}",
        "Pending", "ContainerCreating", "container is creating")]
    [InlineData("{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: 0/3 nodes are available}]}",
        "Pending", "Unschedulable", "no node has room for the pod: 0/3 nodes are available")]
    [InlineData("{phase: Pending, containerStatuses: [{name: executor, state: {waiting: {reason: ErrImagePull, message: not found}}}]}",
        "Pending", "ImagePullFailed", "failed to pull image: not found")]
    [InlineData("{phase: Pending, containerStatuses: [{name: executor, state: {waiting: {reason: ImagePullBackOff, message: Back-off}}}]}",
        "Pending", "ImagePullFailed", "failed to pull image: Back-off")]
    [InlineData("{phase: Pending, initContainerStatuses: [{name: i, state: {waiting: {reason: ErrImagePull, message: gone}}}]}",
        "Pending", "ImagePullFailed", "failed to pull image: gone")]
    [InlineData("{phase: Pending, containerStatuses: [{name: executor, state: {waiting: {reason: InvalidImageName, message: bad}}}]}",
        "Pending", "InvalidImageName", "container image invalid: bad")]
    [InlineData("{phase: Pending, containerStatuses: [{name: executor, state: {waiting: {reason: CreateContainerConfigError, message: secret ormb not found}}}]}",
        "Pending", "ContainerConfigError", "the container cannot be started: secret ormb not found")]
    [InlineData("{phase: Running, containerStatuses: [{name: executor, state: {running: {}}}]}", "Running", "TaskRunning", "the task is running")]
    [InlineData("{phase: Succeeded, containerStatuses: [{name: executor, state: {terminated: {exitCode: 0}}}]}",
        "Running", "TaskRunning", "the task is running")]
    public void ActiveJob_IsWhatItsPodSays(string pod, string phase, string reason, string message)
    {
        var status = StatusTransitions.Observed(New, Job(), [Pod(pod)], Now);

        AssertStatus(status, phase, reason, message, "Unknown");
        Assert.Null(status.CompletionTime);
    }

    [Fact]
    public void ActiveJob_WithoutPod_IsPending()
    {
        AssertStatus(
            StatusTransitions.Observed(New, Job(), [], Now),
            "Pending", "JobCreated", "the job was created; its pod has not started yet", "Unknown");
    }

    [Theory]
    [InlineData(10, "LoginFailed", "failed to login: the registry refused the credentials of the Secret")]
    [InlineData(11, "PullFailed", "failed to pull model")]
    [InlineData(12, "ExportFailed", "failed to export model: its layer cannot be unpacked")]
    [InlineData(13, "TaskFailed", "failed to run extract/convert task")]
    [InlineData(14, "SaveFailed", "failed to save model")]
    [InlineData(15, "PushFailed", "failed to push model")]
    [InlineData(20, "NotTheFormat", "the files are not of the format that the model says")]
    [InlineData(21, "NotSupported", "this model cannot be read or converted here")]
    [InlineData(22, "LimitExceeded", "the model exceeds a limit")]
    [InlineData(1, "TaskCrashed", "container crashed with exit code 1")]
    [InlineData(139, "TaskCrashed", "container crashed with exit code 139")]
    public void FailedJob_IsWhatItsExitCodeSays(int exitCode, string reason, string message)
    {
        var pod = Pod($"{{phase: Failed, containerStatuses: [{{name: executor, state: {{terminated: {{exitCode: {exitCode}}}}}}}]}}");

        var status = StatusTransitions.Observed(New, Job("Failed", "PodFailurePolicy"), [pod], Now);

        AssertStatus(status, "Failed", reason, message, "False");
        Assert.Equal(Now.UtcDateTime, status.CompletionTime);
    }

    [Fact]
    public void EveryExitCodeOfFailure_HasAReasonOfItsOwn()
    {
        var reasons = Enum.GetValues<JobExitCode>()
            .Where(c => c is not (JobExitCode.Done or JobExitCode.Unexpected))
            .Select(c => TaskFailure.Of(new V1ContainerStateTerminated { ExitCode = (int)c }).Reason)
            .ToList();

        Assert.DoesNotContain(ModelJobReasons.TaskCrashed, reasons);
        Assert.Equal(reasons.Count, reasons.Distinct().Count());
    }

    [Theory]
    [InlineData("""{"version":1,"source":{"reference":"r"},"failure":"opset 99 is unknown"}""", "failed to run extract/convert task: opset 99 is unknown")]
    [InlineData("out of patience\n", "failed to run extract/convert task: out of patience")]
    [InlineData("h:0123", "failed to run extract/convert task")]
    [InlineData("", "failed to run extract/convert task")]
    public void FailedJob_AddsTheSentenceOfTheTask(string terminationMessage, string message)
    {
        var pod = Pod("{phase: Failed, containerStatuses: [{name: executor, state: {terminated: {exitCode: 13}}}]}");
        pod.Status.ContainerStatuses[0].State.Terminated.Message = terminationMessage;

        Assert.Equal(message, StatusTransitions.Observed(New, Job("Failed", "PodFailurePolicy"), [pod], Now).Message);
    }

    [Theory]
    [InlineData("{containerStatuses: [{name: executor, state: {terminated: {exitCode: 137, reason: OOMKilled}}}]}",
        "OutOfMemory", "container out of memory: executor was killed; raise its memory (MODELJOB_TASK_MEM in spec.env)")]
    [InlineData("{containerStatuses: [{name: executor, state: {waiting: {reason: X}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}]}",
        "OutOfMemory", "container out of memory: executor was killed; raise its memory (MODELJOB_TASK_MEM in spec.env)")]
    [InlineData("{reason: Evicted, message: The node was low on resource}", "Evicted", "the pod was evicted: The node was low on resource")]
    [InlineData("{initContainerStatuses: [{name: mine, state: {terminated: {exitCode: 2}}}]}",
        "TaskCrashed", "init container mine ended with exit code 2")]
    public void FailedJob_WithCauseAroundTheTask_NamesIt(string pod, string reason, string message)
    {
        AssertStatus(StatusTransitions.Observed(New, Job("Failed", "BackoffLimitExceeded"), [Pod(pod)], Now), "Failed", reason, message, "False");
    }

    [Fact]
    public void FailedJob_WithSeveralPods_IsExplainedByTheNewestThatFailed()
    {
        var running = Pod("{phase: Running}");
        var failed = Pod("{containerStatuses: [{name: executor, state: {terminated: {exitCode: 11}}}]}");
        var older = Pod("{containerStatuses: [{name: executor, state: {terminated: {exitCode: 12}}}]}");

        var status = StatusTransitions.Observed(New, Job("Failed", "BackoffLimitExceeded"), [running, failed, older], Now);

        Assert.Equal("failed to pull model", status.Message);
    }

    [Fact]
    public void FailedJob_WithoutPods_SaysWhatTheJobSays()
    {
        var status = StatusTransitions.Observed(New, Job("Failed", "BackoffLimitExceeded"), [], Now);

        AssertStatus(status, "Failed", "PodLost", "the job failed and none of its pods says why: said by the Job", "False");
    }

    [Fact]
    public void DeadlineExceeded_WhilePullingTheImage_KeepsThatCause()
    {
        var pulling = Pod("{phase: Pending, containerStatuses: [{name: executor, state: {waiting: {reason: ErrImagePull, message: not found}}}]}");
        var waiting = New with { Status = StatusTransitions.Observed(New, Job(), [pulling], Now) };

        var status = StatusTransitions.Observed(waiting, Job("Failed", "DeadlineExceeded"), [], Now);

        AssertStatus(
            status,
            "Failed",
            "DeadlineExceeded",
            "the job took longer than its deadline; it was waiting: failed to pull image: not found",
            "False");
    }

    [Fact]
    public void CompleteJob_IsNotYetSucceeded()
    {
        AssertStatus(
            StatusTransitions.Observed(New, Job("Complete", "CompletionsReached"), [], Now),
            "Running", "WritingResult", "the task is done; its result is being written to the registry", "Unknown");
    }

    [Fact]
    public void Endings_SayWhatBecameOfTheModel()
    {
        AssertStatus(
            StatusTransitions.Updated(New, Model, Result, Now),
            "Succeeded", "SignatureWritten", "the signature is in the ormbfile of release/bert:v1", "True");
        AssertStatus(
            StatusTransitions.Converted(New, "release/saved:v1", Result, Now),
            "Succeeded", "Converted", "the converted model is release/saved:v1", "True");
        AssertStatus(
            StatusTransitions.Attached(New, Model, Result, Now),
            "Succeeded",
            "SignatureAttached",
            "the tag of release/bert:v1 is immutable, so the signature is attached to the model and not in its ormbfile",
            "True");
        AssertStatus(
            StatusTransitions.Superseded(New, Model, Result, Now),
            "Succeeded", "Superseded", "release/bert:v1 names sha256:bbbbbbbbbbbb… meanwhile; the result was dropped", "True");
        AssertStatus(
            StatusTransitions.Superseded(New, Model, current: null, Now),
            "Succeeded", "Superseded", "release/bert:v1 was deleted meanwhile; the result was dropped", "True");
        AssertStatus(StatusTransitions.Skipped(New, "no such model", Now), "Succeeded", "Skipped", "no such model", "True");
        AssertStatus(
            StatusTransitions.Failed(New, ModelJobReasons.RegistryRefused, "quota", Now), "Failed", "RegistryRefused", "quota", "False");
        AssertStatus(
            StatusTransitions.Refused(New, new InvalidModelJobException("spec.model", "it is empty."), Now),
            "Failed", "InvalidSpec", "spec.model: it is empty.", "False");
    }

    [Fact]
    public void Updated_NamesTheResult()
    {
        var status = StatusTransitions.Updated(New, Model, Result, Now);

        Assert.Equal(new ModelJobResult("harbor.example.com/release/bert:v1", Result.ToString()), status.Result);
    }

    [Fact]
    public void EndedStatus_IsNeverLeft()
    {
        var done = New with { Status = StatusTransitions.Updated(New, Model, Result, Now) };
        var later = Now.AddHours(1);

        Assert.Same(done.Status, StatusTransitions.Observed(done, Job("Failed", "DeadlineExceeded"), [], later));
        Assert.Same(done.Status, StatusTransitions.Created(done, Source, later));
        Assert.Same(done.Status, StatusTransitions.Failed(done, "X", "x", later));
        Assert.Equal(done.Status, StatusTransitions.Converted(done, "other", Source, later));
        Assert.Equal(done.Status, StatusTransitions.Attached(done, Model, Source, later));
    }

    [Fact]
    public void Times_AreOfTheFirstSightTheChangeAndTheEnd()
    {
        var created = New with { Status = StatusTransitions.Created(New, Source, Now) };
        var running = created with { Status = StatusTransitions.Observed(created, Job(), [Pod("{phase: Running}")], Now.AddMinutes(1)) };
        var done = StatusTransitions.Updated(running, Model, Result, Now.AddMinutes(2));

        Assert.Equal(Now.UtcDateTime, running.Status!.StartTime);
        Assert.Equal(Now.UtcDateTime, running.Status.Conditions!.Single().LastTransitionTime);
        Assert.Equal(Now.UtcDateTime, done.StartTime);
        Assert.Equal(Now.AddMinutes(2).UtcDateTime, done.CompletionTime);
        Assert.Equal(Now.AddMinutes(2).UtcDateTime, done.Conditions!.Single().LastTransitionTime);
        Assert.Equal(Source.ToString(), done.Source!.Digest);
        Assert.Equal(3, done.ObservedGeneration);
    }

    private static void AssertStatus(ModelJobStatus status, string phase, string reason, string message, string condition)
    {
        Assert.Equal(phase, status.Phase);
        Assert.Equal(message, status.Message);
        var only = Assert.Single(status.Conditions!);
        Assert.Equal(("Succeeded", condition, reason, message), (only.Type, only.Status, only.Reason, only.Message));
    }

    private static V1Job Job(string? condition = null, string? reason = null) => new()
    {
        Status = new V1JobStatus
        {
            Conditions = condition is null
                ? null
                : [new V1JobCondition { Type = condition, Status = "True", Reason = reason, Message = "said by the Job" }],
        },
    };

    private static V1Pod Pod(string status) => ClusterJson.Deserialize<V1Pod>(
        Encoding.UTF8.GetBytes($$"""{"metadata":{"name":"p"},"status":{{YamlJson.Read(status).Single().ToJsonString()}}}"""));
}
