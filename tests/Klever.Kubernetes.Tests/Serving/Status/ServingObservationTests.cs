using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Serving.Status;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests.Serving.Status;

/// <summary>What holds a serving up, in one reason.</summary>
public sealed class ServingObservationTests
{
    [Theory]
    [InlineData("initContainerStatuses: [{name: g-model-initializer, ready: false, state: {terminated: {exitCode: 16, reason: Error, message: 'GET /v2/a: 404'}}}]",
        "ModelMissing", "p: the model is not in the registry; push it again, or serve another one: GET /v2/a: 404")]
    [InlineData("initContainerStatuses: [{name: g-model-initializer, ready: false, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 10, message: 'refused'}}}]",
        "CredentialRefused", "p: the registry refuses the credential of the pull Secret; correct it, then delete the pod: refused")]
    [InlineData("initContainerStatuses: [{name: g-model-initializer, ready: false, state: {terminated: {exitCode: 17}}}]",
        "ModelCorrupt", "p: what the registry gives is not what its digest says; push the model again.")]
    [InlineData("initContainerStatuses: [{name: g-model-initializer, ready: false, state: {terminated: {exitCode: 137, reason: OOMKilled}}}]",
        "OutOfMemory", "p: the init container needs more memory; raise MODEL_INITIALIZER_MEM.")]
    [InlineData("initContainerStatuses: [{name: g-model-initializer, ready: false, state: {running: {}}}]",
        "FetchingModel", "p: the init container fetches the model.")]
    [InlineData("initContainerStatuses: [{name: mine, ready: false, state: {terminated: {exitCode: 16}}}]",
        "ServerCrashed", "p: mine ended with exit code 16; its log says why.")]
    [InlineData("initContainerStatuses: [{name: g-model-initializer, ready: true, state: {terminated: {exitCode: 0}}}], containerStatuses: [{name: g, ready: false, state: {running: {}}}]",
        "LoadingModel", "p: the server loads the model.")]
    [InlineData("containerStatuses: [{name: g, ready: false, state: {waiting: {reason: ImagePullBackOff, message: 'no such image'}}}]",
        "ImagePullFailed", "p: the image cannot be pulled: no such image")]
    [InlineData("containerStatuses: [{name: g, ready: false, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}]",
        "OutOfMemory", "p: g needed more memory than its limit; raise resources.limits.memory.")]
    [InlineData("containerStatuses: [{name: g, ready: false, state: {waiting: {reason: CreateContainerConfigError, message: 'secret \"x\" not found'}}}]",
        "ContainerConfigError", "p: the container cannot be started: secret \"x\" not found")]
    [InlineData("conditions: [{type: PodScheduled, status: 'False', message: '0/3 nodes are available'}]",
        "Unschedulable", "p: no node has room for the pod: 0/3 nodes are available")]
    [InlineData("reason: Evicted, message: 'disk'", "Evicted", "p: the pod was evicted: disk")]
    [InlineData("phase: Pending", "Creating", "p: the pod is being created.")]
    public void Pod_ThatIsNotReady_SaysWhy(string status, string reason, string message)
    {
        var state = ServingObservation.Of(Serving("state: Creating"), [Pod("p", status)], []);

        Assert.Equal((reason, message), (state.Reason, state.Message));
    }

    // One replica is broken, another just starts: the broken one is what somebody must see.
    [Fact]
    public void PodWithAProblem_GoesBeforeOneThatStarts()
    {
        var state = ServingObservation.Of(
            Serving("state: Creating"),
            [Pod("starts", "phase: Pending"), Pod("broken", "reason: Evicted")],
            []);

        Assert.Equal("Evicted", state.Reason);
    }

    [Fact]
    public void Serving_WithoutPods_SaysWhatTheEventsSay()
    {
        var warning = new Corev1Event
        {
            Type = "Warning",
            Reason = "FailedCreate",
            Message = "exceeded quota",
            InvolvedObject = new V1ObjectReference { Kind = "ReplicaSet", Name = "s-g-0-g-1" },
        };

        var state = ServingObservation.Of(Serving("state: Creating"), [], [warning]);

        Assert.Equal(("FailedCreate", "s-g-0-g-1: exceeded quota"), (state.Reason, state.Message));
    }

    [Theory]
    [InlineData("state: Available", "Available", "every predictor answers.")]
    [InlineData("state: Failed, description: 'no progress'", "Failed", "Seldon says: no progress")]
    [InlineData("state: Creating", "Creating", "Seldon has not made its pods yet.")]
    [InlineData("", "Creating", "Seldon has not made its pods yet.")]
    public void Serving_WithoutPodsAndEvents_SaysWhatSeldonSays(string status, string reason, string message)
    {
        var state = ServingObservation.Of(Serving(status), [], []);

        Assert.Equal((reason, message), (state.Reason, state.Message));
    }

    [Theory]
    [InlineData("SeldonDeployment", "s", true)]
    [InlineData("SeldonDeployment", "s2", false)]
    [InlineData("Pod", "p", true)]
    [InlineData("Pod", "s-g-0-g-abc-1", true)]
    [InlineData("Pod", "s-g-h-0-h-abc-1", false)]
    [InlineData("ReplicaSet", "seldon-hash-77", true)]
    [InlineData("Deployment", "seldon-hash", true)]
    [InlineData("Job", "s", false)]
    public void Event_IsAboutAServing_ByTheObjectsOfItsOwn(string kind, string name, bool expected)
    {
        var filter = new ServingEventFilter(Serving("deploymentStatus: {seldon-hash: {replicas: 1}}"), [Pod("p", "")]);

        Assert.Equal(expected, filter.IsAbout(new V1ObjectReference { Kind = kind, Name = name }));
    }

    private static JsonObject Serving(string status) =>
        YamlJson.Read($"{{metadata: {{name: s, namespace: n}}, spec: {{predictors: [{{name: g}}]}}, status: {{{status}}}}}").Single();

    private static V1Pod Pod(string name, string status) => ClusterJson.Deserialize<V1Pod>(Encoding.UTF8.GetBytes(
        YamlJson.Read($"{{metadata: {{name: {name}}}, status: {{{status}}}}}").Single().ToJsonString()));
}
