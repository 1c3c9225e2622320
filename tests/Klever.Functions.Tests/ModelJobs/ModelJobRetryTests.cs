using k8s.Models;
using Klever.Functions.ModelJobs;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Testing;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Functions.Tests.ModelJobs;

/// <summary>A retry deletes before it creates: what was asked for must not be lost between the two.</summary>
public sealed class ModelJobRetryTests : IDisposable
{
    private const string ModelJobs = "/apis/kleveross.io/v1alpha1/namespaces/default/modeljobs";
    private const string Created =
        """{"apiVersion":"kleveross.io/v1alpha1","kind":"ModelJob","metadata":{"name":"convert-cat","namespace":"default"},"spec":{"model":"team/cat:v1"}}""";

    private readonly WireMockServer _api = WireMockServer.Start();
    private readonly ImpatientTime _time = new();
    private readonly ClusterClient _cluster;

    public ModelJobRetryTests()
    {
        _api.Given(Request.Create().WithPath($"{ModelJobs}/convert-cat").UsingDelete()).RespondWith(Response.Create().WithBody("{}"));
        _cluster = new ClusterClient(new ClusterOptions { Api = new Uri(_api.Url!) });
    }

    public void Dispose()
    {
        _cluster.Dispose();
        _api.Dispose();
    }

    [Fact]
    public async Task Retry_WhenTheServerFailsBetweenDeleteAndCreate_CreatesAfterAPause()
    {
        Answer(503, "one");
        Answer(503, "two", after: "one");
        Answer(201, "three", after: "two");

        var modelJob = await new ModelJobRetry(_cluster, _time).RunAsync(Failed(), TestContext.Current.CancellationToken);

        Assert.Equal("convert-cat", modelJob.Name);
        Assert.Equal([TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)], _time.Pauses);
    }

    [Fact]
    public async Task Retry_WhenTheAnswerToTheCreationWasLost_TakesWhatIsThere()
    {
        Answer(504, "made");
        Answer(409, "there", after: "made");
        _api.Given(Request.Create().WithPath($"{ModelJobs}/convert-cat").UsingGet()).RespondWith(Response.Create().WithBody(Created));

        var modelJob = await new ModelJobRetry(_cluster, _time).RunAsync(Failed(), TestContext.Current.CancellationToken);

        Assert.Equal("team/cat:v1", modelJob.Spec.Model);
    }

    [Fact]
    public async Task Retry_WhenTheServerKeepsFailing_SaysSo()
    {
        _api.Given(Request.Create().WithPath(ModelJobs).UsingPost()).RespondWith(Response.Create().WithStatusCode(503));

        var exception = await Assert.ThrowsAsync<ClusterException>(
            () => new ModelJobRetry(_cluster, _time).RunAsync(Failed(), TestContext.Current.CancellationToken));

        Assert.Equal(ClusterFailure.Transient, exception.Failure);
        Assert.Equal(3, _time.Pauses.Count);
    }

    private static ModelJob Failed() => new()
    {
        Metadata = new V1ObjectMeta { Name = "convert-cat", NamespaceProperty = "default" },
        Spec = new ModelJobSpec { Model = "team/cat:v1" },
        Status = new ModelJobStatus { Phase = ModelJobPhases.Failed },
    };

    private void Answer(int status, string state, string? after = null)
    {
        var request = _api.Given(Request.Create().WithPath(ModelJobs).UsingPost()).InScenario("create");
        var body = status == 201
            ? Created
            : $$"""{"kind":"Status","status":"Failure","reason":"{{(status == 409 ? "AlreadyExists" : "ServiceUnavailable")}}","code":{{status}}}""";
        (after is null ? request : request.WhenStateIs(after)).WillSetStateTo(state)
            .RespondWith(Response.Create().WithStatusCode(status).WithBody(body));
    }
}
