using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Local.Cluster;
using Klever.Local.Platform;
using Klever.Local.Yaml;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Functions.Tests.HarborPush;

/// <summary>A registry or cluster that is down for a while costs a redelivery and nothing else.</summary>
public sealed class RedeliveryTests
{
    private const string Repository = "team/model";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_WhileTheRegistryIsDown_SucceedsWhenItIsDeliveredAgain()
    {
        await using var cluster = await StartClusterAsync();
        var port = 0;
        Digest digest;
        using var data = new TemporaryDirectory();
        await using (var registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions { Directory = data.Path }, Token))
        {
            port = registry.Address.Port;
            digest = await PushAsync(registry.Address);
        }

        using var app = new KleverApp(
            ("Klever:Registry:Address", $"http://127.0.0.1:{port}"), ("KUBERNETES_API", cluster.Address.ToString()));
        var first = await DeliverAsync(app, digest);
        await using var again = await InProcessRegistry.StartAsync(
            new InProcessRegistryOptions { Directory = data.Path, Port = port }, Token);
        var second = await DeliverAsync(app, digest);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.NoContent), (first, second));
        Assert.Equal(1, await ModelJobsAsync(cluster));
    }

    [Fact]
    public async Task Push_WhileTheClusterIsDown_SucceedsWhenItIsDeliveredAgain()
    {
        using var data = new TemporaryDirectory();
        await using var registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), Token);
        var digest = await PushAsync(registry.Address);
        var port = 0;
        await using (var gone = await StartClusterAsync())
        {
            port = gone.Address.Port;
        }

        using var app = new KleverApp(
            ("Klever:Registry:Address", registry.Address.ToString()), ("KUBERNETES_API", $"http://127.0.0.1:{port}"));
        var first = await DeliverAsync(app, digest);
        await using var cluster = await StartClusterAsync(port);
        var second = await DeliverAsync(app, digest);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.NoContent), (first, second));
        Assert.Equal(1, await ModelJobsAsync(cluster));
    }

    [Fact]
    public async Task Push_WhileDownloadsBreakOff_SucceedsWhenItIsDeliveredAgain()
    {
        await using var cluster = await StartClusterAsync();
        await using var registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), Token);
        var digest = await PushAsync(registry.Address);
        using var app = new KleverApp(
            ("Klever:Registry:Address", registry.Address.ToString()), ("KUBERNETES_API", cluster.Address.ToString()));
        registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/blobs/"), CutAfter = 1, Times = OciLimits.MaximumResumes + 1 });

        var first = await DeliverAsync(app, digest);
        var second = await DeliverAsync(app, digest);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.NoContent), (first, second));
    }

    [Fact]
    public async Task Push_OfAManifestThatIsNotTrue_IsNotSentAgain()
    {
        await using var registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), Token);
        using var client = new RegistryClient(new RegistryOptions { Address = registry.Address });
        await PushAsync(registry.Address);
        var honest = (await client.Repository(Repository).FetchManifestAsync("v1", Token)).Manifest!;
        var config = new Descriptor(honest.Config.MediaType, honest.Config.Digest, OrmbFile.MaximumSize + 1);
        var pushed = await client.Repository(Repository).PushManifestAsync(
            "v1", ImageManifest.Create(config, honest.Layers).ToJson(), MediaTypes.ImageManifest, Token);
        using var app = new KleverApp(("Klever:Registry:Address", registry.Address.ToString()));

        Assert.Equal(HttpStatusCode.NoContent, await DeliverAsync(app, pushed.Digest));
    }

    [Fact]
    public async Task Push_WhoseSenderHangsUp_IsDoneAllTheSame()
    {
        await using var cluster = await StartClusterAsync();
        await using var registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), Token);
        var digest = await PushAsync(registry.Address);
        using var app = new KleverApp(
            ("Klever:Registry:Address", registry.Address.ToString()), ("KUBERNETES_API", cluster.Address.ToString()));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/manifests/"), Then = patience.Cancel, Delay = TimeSpan.FromMilliseconds(500) });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(app, digest, "v1", patience.Token));

        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (await ModelJobsAsync(cluster) == 0)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "nobody has made the ModelJob");
            await Task.Delay(TimeSpan.FromMilliseconds(50), Token);
        }
    }

    [Fact]
    public async Task Push_OfAnImmutableSecondTag_AttachesTheSignatureThatWasRead()
    {
        await using var cluster = await StartClusterAsync();
        await using var registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), Token);
        var digest = await PushAsync(registry.Address);
        using var client = new RegistryClient(new RegistryOptions { Address = registry.Address });
        using var data = new TemporaryDirectory();
        using var app = new KleverApp(
            ("Klever:Registry:Address", registry.Address.ToString()),
            ("KUBERNETES_API", cluster.Address.ToString()),
            ("Klever:State:Path", Path.Combine(data.Path, "state.db")));
        await DeliverAsync(app, digest);
        await client.Repository(Repository).TagAsync(digest.ToString(), "v2", Token);
        await EndAsync(cluster, client, digest);
        registry.Add(new RegistryFault
        {
            When = RegistryFault.On("PUT", "/manifests/v2"),
            Status = 412,
            Body = """{"errors":[{"code":"PRECONDITION","message":"configured as immutable"}]}""",
            Times = 10,
        });

        var (status, _) = await SendAsync(app, digest, tag: "v2");

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(digest, (await client.Repository(Repository).TryResolveAsync("v2", Token))?.Digest);
        var referrer = Assert.Single(await client.Repository(Repository).ListReferrersAsync(digest, ModelArtifacts.SignatureArtifactType, Token));
        Assert.Equal(ModelArtifacts.SignatureArtifactType, referrer.ArtifactType);
    }

    [Fact]
    public async Task Push_WhileItsNamespaceHasNoRoles_SaysWhatIsMissingAndSucceedsAfterwards()
    {
        using var data = new TemporaryDirectory();
        await using var registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), Token);
        var digest = await PushAsync(registry.Address);
        var port = 0;
        (HttpStatusCode Status, string Body) first;
        await using (var unprepared = await StartClusterAsync(roles: [Applied("base", "default")]))
        {
            port = unprepared.Address.Port;
            await using var app = App(registry.Address, unprepared.Address, data.Path);
            first = await SendAsync(app, digest);
        }

        await using var cluster = await StartClusterAsync(port, [Applied("base", "default"), Applied("namespace", "team-a")]);
        await using var again = App(registry.Address, cluster.Address, data.Path);
        var second = await DeliverAsync(again, digest);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.NoContent), (first.Status, second));
        Assert.Contains("system:serviceaccount:default:harbor-push", first.Body);
        Assert.Contains("cannot create resource", first.Body);
        Assert.Contains("team-a", first.Body);
        Assert.Contains("The Roles for a further namespace are in knative/namespace.", first.Body);
        Assert.Equal(1, await ModelJobsAsync(cluster, "team-a"));
    }

    private static KleverApp App(Uri registry, Uri cluster, string directory) => new(
        ("KLEVER_FUNCTIONS", "harbor-push"),
        ("Klever:Registry:Address", registry.ToString()),
        ("Klever:Namespaces", "team=team-a"),
        ("Klever:State:Path", Path.Combine(directory, "state.db")),
        ("KUBERNETES_API", ""),
        ("KUBECONFIG", ServiceAccount.WriteKubeconfig(
            FunctionProcess.OnePerService.Single(process => process.Name == "harbor-push"), "default", cluster, directory)!));

    private static AppliedDirectory Applied(string directory, string space) =>
        new(Path.Combine(SharedFolder.Repository, "knative", directory), space, Home: "default");

    private static Task<LocalCluster> StartClusterAsync(
        int port = 0, IReadOnlyList<AppliedDirectory>? roles = null) => LocalCluster.StartAsync(
        new LocalClusterOptions
        {
            Port = port,
            Namespaces = ["default", "team-a"],
            Roles = roles ?? [],
            DefinitionFiles = [Path.Combine(SharedFolder.Repository, "knative/base/modeljob.crd.yaml")],
        },
        Token);

    private static async Task<Digest> PushAsync(Uri registry)
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.Onnx, directory.Path);
        using var client = new RegistryClient(new RegistryOptions { Address = registry });
        var pushed = await ModelArtifacts.PushAsync(
            client.Repository(Repository), "v1", ModelDirectory.Open(directory.Path), cancellationToken: Token);
        return pushed.Digest;
    }

    private static async Task<HttpStatusCode> DeliverAsync(KleverApp app, Digest digest) => (await SendAsync(app, digest)).Status;

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(
        KleverApp app, Digest digest, string tag = "v1", CancellationToken? cancellationToken = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhook")
        {
            Content = new StringContent(
                $$$"""{"type":"PUSH_ARTIFACT","occur_at":1,"event_data":{"resources":[{"digest":"{{{digest}}}","tag":"{{{tag}}}"}],"repository":{"repo_full_name":"{{{Repository}}}"} } }""",
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.TryAddWithoutValidation("Authorization", KleverApp.WebhookSecret);
        using var response = await app.CreateClient().SendAsync(request, cancellationToken ?? Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Ends the ModelJob of a model as if its Job had written a signature.</summary>
    private static async Task EndAsync(LocalCluster cluster, RegistryClient client, Digest digest)
    {
        using var jobs = new ClusterClient(new ClusterOptions { Api = cluster.Address });
        var modelJob = Assert.Single((await jobs.ModelJobs.ListAsync("default", cancellationToken: Token)).Items);
        var outcome = await ModelArtifacts.DescribeAsync(
            client.Repository(Repository),
            "v1",
            new ExtractionMark(digest, modelJob.Name, ExtractorVersion.Current),
            ormbFile => ormbFile.WithExtracted(new Signature { Layers = [new LayerCount("Gemm", 2)] }),
            Token);
        await jobs.ModelJobs.UpdateStatusAsync(
            "default",
            modelJob.Name,
            current => StatusTransitions.Updated(current, ModelReference.Parse(modelJob.Spec.Model), outcome.Digest!, DateTimeOffset.UnixEpoch),
            Token);
    }

    private static async Task<int> ModelJobsAsync(LocalCluster cluster, string space = "default")
    {
        using var client = new ClusterClient(new ClusterOptions { Api = cluster.Address });
        return (await client.ModelJobs.ListAsync(space, cancellationToken: Token)).Items.Count;
    }
}
