using System.Net;
using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Functions.Sweep;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.ModelJobs;
using Klever.Local.Cluster;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Samples;
using Klever.Testing;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Functions.Tests.Sweep;

/// <summary>A sweep over a registry and a cluster that nobody tells of anything; what it sends is caught.</summary>
public sealed class SweepTests : IAsyncLifetime
{
    private readonly WireMockServer _broker = WireMockServer.Start();
    private InProcessRegistry? _registry;
    private LocalCluster? _cluster;
    private ClusterClient? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(202));
        _registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), Token);
        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions
            {
                DefinitionFiles = [Path.Combine(SharedFolder.Repository, "knative/base/modeljob.crd.yaml")],
                Namespaces = ["default", "team-b"],
            },
            Token);
        _client = new ClusterClient(new ClusterOptions { Api = _cluster.Address });
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _cluster!.DisposeAsync();
        await _registry!.DisposeAsync();
        _broker.Dispose();
    }

    [Fact]
    public async Task Ping_AfterEachKindOfLoss_SendsTheEventThatWasLost()
    {
        await PushAsync("team/cat");
        await PushAsync("b/dog");
        await CreateAsync("default", "no-job");
        await CreateJobAsync(await CreateAsync("team-b", "running"));
        await using var app = App();

        Assert.Equal(HttpStatusCode.NoContent, await Ping.SendAsync(app, Token));

        Assert.Equal(
            [
                "dev.knative.apiserver.resource.add ModelJob default/no-job",
                "dev.knative.apiserver.resource.update Job team-b/running",
                "harbor.artifact.pushed b/dog:v1",
                "harbor.artifact.pushed team/cat:v1",
            ],
            Sent().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ping_WithFailedOrUnreadableModels_SendsNothing()
    {
        var failed = await PushAsync("team/failed");
        await CreateAsync("default", ModelJobNames.ForExtraction("team/failed", failed.Digest, ExtractorVersion.Current), ModelJobPhases.Failed);
        await PushAsync("team/pickled", ModelFormat.Pickle);
        await using var app = App();

        await Ping.SendAsync(app, Token);

        Assert.Empty(Sent());
    }

    [Fact]
    public async Task Ping_WithATagThatDoesNotNameTheResult_SendsItsPush()
    {
        var behind = await PushAsync("team/behind");
        await EndAsync("team/behind", behind, StatusTransitions.Updated);
        await EndAsync("team/immutable", await PushAsync("team/immutable"), StatusTransitions.Attached);
        await using var app = App();
        using var client = app.CreateClient();

        var plan = JsonNode.Parse(await client.GetStringAsync("/api/v1alpha1/sweep", Token))!["items"]!.AsArray();
        await Ping.SendAsync(app, Token);

        Assert.Equal(SweepKinds.TagBehindResult, Assert.Single(plan)!["kind"]!.ToString());
        Assert.Equal(["harbor.artifact.pushed team/behind:v1"], Sent());
        Assert.Contains(behind.Digest.ToString(), _broker.LogEntries.Single().RequestMessage!.Body);
    }

    [Fact]
    public async Task Ping_WithoutTimeForMore_GoesOnWhereTheLastOneStopped()
    {
        foreach (var name in new[] { "a/one", "b/two", "c/three" })
        {
            await PushAsync(name);
        }

        await using var app = App(("Klever:Sweep:Budget", "00:00:00"));
        for (var sweep = 0; sweep < 4; sweep++)
        {
            await Ping.SendAsync(app, Token);
        }

        Assert.Equal(["a/one:v1", "b/two:v1", "c/three:v1", "a/one:v1"], Sent().Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public async Task Ping_WithoutABroker_IsRefusedWithTheReason()
    {
        await using var app = new KleverApp(("KLEVER_FUNCTIONS", "sweep"));

        Assert.Equal(HttpStatusCode.BadRequest, await Ping.SendAsync(app, Token));
    }

    [Fact]
    public async Task Plan_ListsAndSendsNothing()
    {
        await PushAsync("b/dog");
        await CreateAsync("default", "no-job");
        await using var app = App();
        using var client = app.CreateClient();

        var plan = JsonNode.Parse(await client.GetStringAsync("/api/v1alpha1/sweep", Token))!;

        Assert.Equal(
            [(SweepKinds.ModelJobWithoutJob, "default"), (SweepKinds.ModelWithoutExtraction, "team-b")],
            plan["items"]!.AsArray().Select(item => (item!["kind"]!.ToString(), item["modelJob"]!.ToString().Split('/')[0])));
        Assert.Empty(Sent());
    }

    [Fact]
    public async Task Plan_WithoutACredential_IsChallenged()
    {
        await using var app = App(("Klever:Access", "Harbor"));
        using var client = app.CreateClient();

        var answer = await client.GetAsync("/api/v1alpha1/sweep", Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private KleverApp App(params (string, string)[] settings) => new(
    [
        ("KLEVER_FUNCTIONS", "sweep"),
        ("Klever:Registry:Address", _registry!.Address.ToString()),
        ("KUBERNETES_API", _cluster!.Address.ToString()),
        ("Klever:Namespaces", "b=team-b"),
        ("K_SINK", _broker.Url!),
        .. settings,
    ]);

    // A broker that is slow is sent an event again; its id tells.
    private List<string> Sent() =>
    [
        .. _broker.LogEntries.Select(entry => entry.RequestMessage!.Headers!).DistinctBy(headers => headers["ce-id"][0]).Select(headers => headers.TryGetValue("ce-kind", out var kind)
            ? $"{headers["ce-type"][0]} {kind[0]} {headers["ce-namespace"][0]}/{headers["ce-name"][0]}"
            : $"{headers["ce-type"][0]} {headers["ce-subject"][0]}"),
    ];

    private async Task<ModelArtifact> PushAsync(string repository, ModelFormat? format = null)
    {
        using var files = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.Onnx, files.Path);
        if (format is not null)
        {
            files.Write("model/net.pickle", "pickled");
            files.Write(OrmbFile.FileName, OrmbFile.Empty.WithFormat(format).ToYaml());
        }

        using var registry = new RegistryClient(new RegistryOptions { Address = _registry!.Address });
        return await ModelArtifacts.PushAsync(registry.Repository(repository), "v1", ModelDirectory.Open(files.Path), cancellationToken: Token);
    }

    private async Task<ModelJob> CreateAsync(string space, string name, string? phase = null)
    {
        var created = await _client!.ModelJobs.CreateAsync(space, new ModelJob
        {
            Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = space },
            Spec = new ModelJobSpec { Model = "team/any:v1", Extraction = new ExtractionSource("ONNX") },
        }, Token);
        return phase is null
            ? created
            : await _client.ModelJobs.UpdateStatusAsync(space, name, current => StatusTransitions.Failed(current, "Test", "it failed", DateTimeOffset.UnixEpoch), Token);
    }

    /// <summary>Makes the ModelJob that has read a model, as if its result were under another tag.</summary>
    private async Task EndAsync(
        string repository, ModelArtifact model, Func<ModelJob, ModelReference, Digest, DateTimeOffset, ModelJobStatus> end)
    {
        var reference = ModelReference.Create(_registry!.Address.Authority, repository, "v1", model.Digest);
        var name = ModelJobNames.ForExtraction(repository, model.Digest, ExtractorVersion.Current);
        await CreateAsync("default", name);
        await _client!.ModelJobs.UpdateStatusAsync(
            "default", name, current => end(current, reference, Digest.Parse($"sha256:{new string('b', 64)}"), DateTimeOffset.UnixEpoch), Token);
    }

    private Task CreateJobAsync(ModelJob modelJob) => _client!.Jobs.CreateAsync(
        modelJob.Namespace,
        JobBuilder.Build(
            modelJob,
            Digest.Parse($"sha256:{new string('a', 64)}"),
            new JobOptions { Image = "none", Registry = _registry!.Address.Authority }),
        Token);
}
