using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Kubernetes.Tests.Cluster;

public sealed partial class ClusterClientTests : IDisposable
{
    private const string ModelJobs = "/apis/kleveross.io/v1alpha1/namespaces/models/modeljobs";

    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly ClusterClient _client;

    public ClusterClientTests() => _client = new ClusterClient(new ClusterOptions { Api = new Uri(_server.Url!) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_SendsTheObjectAndReturnsTheServers()
    {
        _server.Given(Request.Create().WithPath(ModelJobs).UsingPost()
                .WithHeader("Content-Type", "application/json"))
            .RespondWith(Json(201, """{"metadata":{"name":"a","uid":"u-1"},"spec":{"model":"r/m:v1","extraction":{"format":"ONNX"}}}"""));

        var created = await _client.ModelJobs.CreateAsync("models", Sample("a"), Token);

        Assert.Equal("u-1", created.Metadata.Uid);
        Assert.Equal(
            """{"apiVersion":"kleveross.io/v1alpha1","kind":"ModelJob","metadata":{"name":"a"},"spec":{"model":"r/m:v1","extraction":{"format":"ONNX"}}}""",
            _server.LogEntries.Single().RequestMessage!.Body);
    }

    [Theory]
    [InlineData(404, "NotFound", ClusterFailure.NotFound)]
    [InlineData(409, "AlreadyExists", ClusterFailure.AlreadyExists)]
    [InlineData(409, "Conflict", ClusterFailure.Conflict)]
    [InlineData(401, "Unauthorized", ClusterFailure.Forbidden)]
    [InlineData(403, "Forbidden", ClusterFailure.Forbidden)]
    [InlineData(410, "Expired", ClusterFailure.Expired)]
    [InlineData(422, "Invalid", ClusterFailure.Invalid)]
    [InlineData(400, "BadRequest", ClusterFailure.Unexpected)]
    [InlineData(500, "InternalError", ClusterFailure.Transient)]
    [InlineData(503, "ServiceUnavailable", ClusterFailure.Transient)]
    public async Task Refusal_IsClassifiedByStatusAndReason(int status, string reason, ClusterFailure failure)
    {
        _server.Given(Request.Create().WithPath(ModelJobs + "/a"))
            .RespondWith(Json(status, $$"""{"kind":"Status","status":"Failure","message":"no luck","reason":"{{reason}}","code":{{status}}}"""));

        var exception = await Assert.ThrowsAsync<ClusterException>(() => _client.ModelJobs.GetAsync("models", "a", Token));

        Assert.Equal(failure, exception.Failure);
        Assert.Equal(status, exception.Status);
        Assert.Equal(reason, exception.Reason);
        Assert.Equal($"GET apis/kleveross.io/v1alpha1/namespaces/models/modeljobs/a: {status} no luck", exception.Message);
    }

    [Fact]
    public async Task Refusal_OfInvalidObject_NamesTheFields()
    {
        _server.Given(Request.Create().WithPath(ModelJobs).UsingPost()).RespondWith(Json(422, """
            {"kind":"Status","reason":"Invalid","message":"ModelJob \"a\" is invalid","details":{"causes":[
              {"reason":"FieldValueRequired","message":"Required value","field":"spec.model"}, 7, {"field":"spec"}]}}
            """));

        var exception = await Assert.ThrowsAsync<ClusterException>(() => _client.ModelJobs.CreateAsync("models", Sample("a"), Token));

        Assert.Equal([new FieldProblem("spec.model", "Required value"), new FieldProblem("spec", "")], exception.Causes);
    }

    [Fact]
    public async Task Refusal_ByAProxyWithHtml_IsShortened()
    {
        _server.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(502).WithBody("<html>" + new string('x', 5000)));

        var exception = await Assert.ThrowsAsync<ClusterException>(() => _client.ModelJobs.GetAsync("models", "a", Token));

        Assert.Equal(ClusterFailure.Transient, exception.Failure);
        Assert.InRange(exception.Message.Length, 100, 250);
    }

    [Fact]
    public async Task Answer_ThatIsNoObject_IsUnexpected()
    {
        _server.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(200).WithBody("<html>login</html>"));

        var get = await Assert.ThrowsAsync<ClusterException>(() => _client.ModelJobs.GetAsync("models", "a", Token));
        var list = await Assert.ThrowsAsync<ClusterException>(() => _client.ModelJobs.ListAsync("models", cancellationToken: Token));

        Assert.Equal(ClusterFailure.Unexpected, get.Failure);
        Assert.Equal(ClusterFailure.Unexpected, list.Failure);
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsTransient()
    {
        using var client = new ClusterClient(new ClusterOptions { Api = new Uri("http://127.0.0.1:1") });

        var exception = await Assert.ThrowsAsync<ClusterException>(() => client.Jobs.FindAsync("models", "a", Token));

        Assert.Equal(ClusterFailure.Transient, exception.Failure);
        Assert.Null(exception.Status);
    }

    [Fact]
    public async Task Server_ThatNeverAnswers_IsTransient()
    {
        _server.Given(Request.Create()).RespondWith(Json(200, "{}").WithDelay(TimeSpan.FromSeconds(20)));
        using var client = new ClusterClient(new ClusterOptions { Api = new Uri(_server.Url!), Timeout = TimeSpan.FromMilliseconds(200) });

        var exception = await Assert.ThrowsAsync<ClusterException>(() => client.Jobs.GetAsync("models", "a", Token));

        Assert.Equal(ClusterFailure.Transient, exception.Failure);
    }

    [Fact]
    public async Task TooManyRequests_IsRepeatedAfterTheWaitThatIsAskedFor()
    {
        _server.Given(Request.Create()).InScenario("busy").WillSetStateTo("free")
            .RespondWith(Json(429, """{"reason":"TooManyRequests"}""").WithHeader("Retry-After", "0"));
        _server.Given(Request.Create()).InScenario("busy").WhenStateIs("free")
            .RespondWith(Json(200, """{"metadata":{"name":"a"},"spec":{"model":"r/m:v1"}}"""));

        var modelJob = await _client.ModelJobs.GetAsync("models", "a", Token);

        Assert.Equal("a", modelJob.Name);
    }

    [Fact]
    public async Task TooManyRequests_WithoutEnd_IsTransientAfterThreeAttempts()
    {
        _server.Given(Request.Create()).RespondWith(
            Json(429, """{"reason":"TooManyRequests","message":"busy"}""").WithHeader("Retry-After", "0"));

        var exception = await Assert.ThrowsAsync<ClusterException>(() => _client.ModelJobs.GetAsync("models", "a", Token));

        Assert.Equal(ClusterFailure.Transient, exception.Failure);
        Assert.Equal(TimeSpan.Zero, exception.RetryAfter);
        Assert.Equal(3, _server.LogEntries.Count);
    }

    [Fact]
    public async Task Find_OfAbsentObject_IsNull()
    {
        _server.Given(Request.Create()).RespondWith(Json(404, """{"reason":"NotFound"}"""));

        Assert.Null(await _client.SeldonDeployments.FindAsync("models", "a", Token));
    }

    [Fact]
    public async Task List_FollowsThePages()
    {
        _server.Given(Request.Create().WithPath("/api/v1/namespaces/models/pods").WithParam("labelSelector", "a=b").WithParam("limit", "2"))
            .AtPriority(2)
            .RespondWith(Json(200, """{"metadata":{"continue":"t/1=","resourceVersion":"7"},"items":[{"metadata":{"name":"p1"}},{"metadata":{"name":"p2"}}]}"""));
        _server.Given(Request.Create().WithPath("/api/v1/namespaces/models/pods").WithParam("continue", "t/1="))
            .AtPriority(1)
            .RespondWith(Json(200, """{"metadata":{"continue":""},"items":[{"metadata":{"name":"p3"}}]}"""));

        var names = new List<string>();
        await foreach (var pod in _client.Pods.ListAllAsync("models", new ListQuery { LabelSelector = "a=b", Limit = 2 }, Token))
        {
            names.Add(pod.Metadata.Name);
        }

        Assert.Equal(["p1", "p2", "p3"], names);
    }

    [Fact]
    public async Task List_OfAllNamespaces_HasNoNamespaceInItsPath()
    {
        _server.Given(Request.Create().WithPath("/apis/batch/v1/jobs")).RespondWith(Json(200, """{"items":null,"metadata":{}}"""));

        var page = await _client.Jobs.ListAsync(namespaceName: null, cancellationToken: Token);

        Assert.Empty(page.Items);
        Assert.Null(page.Continue);
    }

    [Theory]
    [InlineData("../../../secrets/a", "..%2F..%2F..%2Fsecrets%2Fa")]
    [InlineData("a?b#c", "a%3Fb%23c")]
    public async Task Name_FromOutside_StaysOnePathSegment(string name, string segment)
    {
        _server.Given(Request.Create()).RespondWith(Json(404, """{"reason":"NotFound"}"""));

        await _client.ModelJobs.FindAsync("models", name, Token);

        Assert.EndsWith($"{ModelJobs}/{segment}", _server.LogEntries.Single().RequestMessage!.AbsoluteUrl);
    }

    [Fact]
    public async Task Delete_LeavesOwnedObjectsToTheBackground()
    {
        _server.Given(Request.Create().WithPath(ModelJobs + "/a").UsingDelete().WithParam("propagationPolicy", "Background"))
            .RespondWith(Json(200, """{"kind":"Status","status":"Success"}"""));

        await _client.ModelJobs.DeleteAsync("models", "a", Token);

        Assert.Single(_server.LogEntries);
    }

    [Fact]
    public async Task UpdateStatus_AfterAConflict_ReadsAndDecidesAgain()
    {
        GivenGet("1").WillSetStateTo("read").RespondWith(Answer("1"));
        GivenPut("read").WillSetStateTo("changed").RespondWith(Json(409, """{"reason":"Conflict","message":"the object has been modified"}"""));
        GivenGet("changed").WillSetStateTo("read again").RespondWith(Answer("2"));
        GivenPut("read again").RespondWith(Answer("3"));
        var seen = new List<string>();

        var result = await _client.ModelJobs.UpdateStatusAsync("models", "a", modelJob =>
        {
            seen.Add(modelJob.Metadata.ResourceVersion);
            return new ModelJobStatus { Phase = "Running", Message = "m" };
        }, Token);

        Assert.Equal(["1", "2"], seen);
        Assert.Equal("3", result.Metadata.ResourceVersion);
        var sent = JsonNode.Parse(_server.LogEntries[^1].RequestMessage!.Body!)!;
        Assert.Equal("2", (string?)sent["metadata"]!["resourceVersion"]);

        WireMock.Server.IRespondWithAProvider GivenGet(string state) => state == "1"
            ? _server.Given(Request.Create().WithPath(ModelJobs + "/a").UsingGet()).InScenario("job")
            : _server.Given(Request.Create().WithPath(ModelJobs + "/a").UsingGet()).InScenario("job").WhenStateIs(state);

        WireMock.Server.IRespondWithAProvider GivenPut(string state) =>
            _server.Given(Request.Create().WithPath(ModelJobs + "/a/status").UsingPut()).InScenario("job").WhenStateIs(state);

        static IResponseBuilder Answer(string version) => Json(200, $$"""
            {"metadata":{"resourceVersion":"{{version}}","name":"a"},"spec":{"model":"r/m:v1"},"status":{"phase":"Pending","message":""} }
            """);
    }

    [Fact]
    public async Task UpdateStatus_ThatChangesNothing_WritesNothing()
    {
        _server.Given(Request.Create().UsingGet()).RespondWith(
            Json(200, """{"metadata":{"name":"a"},"spec":{"model":"r/m:v1"},"status":{"phase":"Running","message":"m"}}"""));

        await _client.ModelJobs.UpdateStatusAsync("models", "a", _ => new ModelJobStatus { Phase = "Running", Message = "m" }, Token);

        Assert.All(_server.LogEntries, e => Assert.Equal("GET", e.RequestMessage!.Method));
    }

    [Fact]
    public async Task UpdateStatus_AgainstEndlessConflicts_GivesUp()
    {
        _server.Given(Request.Create().UsingGet()).RespondWith(Json(200, """{"metadata":{"name":"a"},"spec":{"model":"r/m:v1"}}"""));
        _server.Given(Request.Create().UsingPut()).RespondWith(Json(409, """{"reason":"Conflict"}"""));

        var exception = await Assert.ThrowsAsync<ClusterException>(
            () => _client.ModelJobs.UpdateStatusAsync("models", "a", _ => new ModelJobStatus { Phase = "Running" }, Token));

        Assert.Equal(ClusterFailure.Conflict, exception.Failure);
        Assert.Equal(5, _server.LogEntries.Count(e => e.RequestMessage!.Method == "PUT"));
    }

    private static ModelJob Sample(string name) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new ModelJobSpec { Model = "r/m:v1", Extraction = new ExtractionSource("ONNX") },
    };

    private static IResponseBuilder Json(int status, string body) =>
        Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body);
}
