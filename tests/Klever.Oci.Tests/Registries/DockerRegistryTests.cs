using System.Diagnostics;
using System.Text.Json.Nodes;
using Klever.Oci.Layout;
using Klever.Testing;
using Klever.Testing.Registry;

namespace Klever.Oci.Tests.Registries;

public sealed class DockerRegistryTests
{
    private const string Skopeo = "/usr/bin/skopeo";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PushPullTagListReferAndDelete_WithTheRealRegistry()
    {
        await using var registry = await DockerRegistry.StartAsync(cancellationToken: Stop);
        using var client = new RegistryClient(RegistryOptions.ForHost(registry.Host, plainHttp: true));
        var repository = client.Repository("team/a/model");
        var layer = new byte[3_000_000];
        Random.Shared.NextBytes(layer);

        var model = await PushAsync(repository, layer);
        await repository.TagAsync("v1", "v2", Stop);
        var fetched = await repository.FetchManifestAsync("v2", Stop);
        var config = fetched.Manifest!.Config;
        await repository.PushReferrerAsync(
            ImageManifest.Create(config, [config], artifactType: "application/x.signature", subject: model), Stop);

        Assert.Equal(model, fetched.Descriptor);
        Assert.Equal(model, await repository.ResolveAsync("v2", Stop));
        Assert.Equal(layer, await repository.FetchBlobBytesAsync(fetched.Manifest.Layers[0], cancellationToken: Stop));
        Assert.Equal("application/x.signature", Assert.Single(await repository.ListReferrersAsync(model.Digest, cancellationToken: Stop)).ArtifactType);
        Assert.Equal(["team/a/model"], await client.ListRepositoriesAsync(Stop).ToListAsync(Stop));
        Assert.Equal([$"sha256-{model.Digest.Hex}", "v1", "v2"], (await repository.ListTagsAsync(Stop).ToListAsync(Stop)).Order());
        Assert.True(await client.Repository("team/b").MountAsync(config.Digest, "team/a/model", Stop));

        await repository.DeleteManifestAsync(model.Digest, Stop);
        Assert.Null(await repository.TryResolveAsync("v1", Stop));
    }

    [Fact]
    public async Task Ping_WithAPasswordFile_TellsRightFromWrong()
    {
        await using var registry = await DockerRegistry.StartAsync(new DockerRegistryOptions { RequirePassword = true }, Stop);
        using var right = Client(registry, DockerRegistry.Password);
        using var wrong = Client(registry, "not-this-one");

        await right.PingAsync(Stop);
        var exception = await Assert.ThrowsAsync<RegistryException>(() => wrong.PingAsync(Stop));

        Assert.True(exception.IsUnauthorized);
        await PushAsync(right.Repository("team/model"), new byte[10]);
    }

    // While one of them writes the link to a blob that all push, the others' manifests are refused: the link is read as it is emptied.
    [Fact]
    public async Task Push_OfTheSameModelByManyAtOnce_IsTakenFromEachOfThem()
    {
        const int Writers = 6;
        const int Rounds = 20;
        await using var registry = await DockerRegistry.StartAsync(cancellationToken: Stop);
        using var client = new RegistryClient(RegistryOptions.ForHost(registry.Host, plainHttp: true));

        for (var round = 0; round < Rounds; round++)
        {
            var repository = client.Repository($"team/m{round}");
            var layer = new byte[100];
            Random.Shared.NextBytes(layer);
            var pushed = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => PushAsync(repository, layer), Stop)));
            Assert.Single(pushed.Distinct());
        }
    }

    [Fact]
    public async Task Skopeo_CopiesWhatWasPushed()
    {
        Assert.SkipUnless(File.Exists(Skopeo), "skopeo is missing");
        await using var registry = await DockerRegistry.StartAsync(cancellationToken: Stop);
        using var client = new RegistryClient(RegistryOptions.ForHost(registry.Host, plainHttp: true));
        using var directory = new TemporaryDirectory();
        var model = await PushAsync(client.Repository("team/model"), new byte[100_000]);

        await RunAsync("--insecure-policy", "copy", "--src-tls-verify=false", $"docker://{registry.Host}/team/model:v1", $"oci:{directory.Path}/layout:v1");

        var layout = OciLayout.Open(directory.Combine("layout"));
        Assert.Equal(model.Digest, layout.TryResolve("v1")!.Digest);
        Assert.Equal(100_000, layout.ReadManifest(layout.TryResolve("v1")!).Manifest!.Layers[0].Size);
    }

    [Fact]
    public async Task Push_WithNotifications_SendsAnEnvelopeWithReferences()
    {
        using var receiver = WireMock.Server.WireMockServer.Start();
        receiver.Given(WireMock.RequestBuilders.Request.Create().UsingPost())
            .RespondWith(WireMock.ResponseBuilders.Response.Create().WithStatusCode(202));
        var options = new DockerRegistryOptions { NotifyUri = new Uri(receiver.Url! + "/events"), NotifyAuthorization = "Bearer x" };
        await using var registry = await DockerRegistry.StartAsync(options, Stop);
        using var client = new RegistryClient(RegistryOptions.ForHost(registry.Host, plainHttp: true));

        var model = await PushAsync(client.Repository("team/model"), new byte[100]);

        var target = await ManifestEventAsync(receiver);
        Assert.Equal(model.Digest.ToString(), (string?)target["digest"]);
        Assert.Equal("v1", (string?)target["tag"]);
        Assert.Equal(2, target["references"]!.AsArray().Count);
    }

    private static async Task<JsonNode> ManifestEventAsync(WireMock.Server.WireMockServer receiver)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(10); await Task.Delay(50, Stop))
        {
            var targets = receiver.LogEntries
                .Where(e => e.RequestMessage!.Headers!["Authorization"].First() == "Bearer x")
                .Select(e => JsonNode.Parse(e.RequestMessage!.Body ?? System.Text.Encoding.UTF8.GetString(e.RequestMessage.BodyAsBytes!))!)
                .Select(e => e["events"]![0]!["target"]!);
            if (targets.FirstOrDefault(t => (string?)t["mediaType"] == MediaTypes.ImageManifest) is { } found)
            {
                return found;
            }
        }

        throw new TimeoutException("no notification of the manifest came.");
    }

    private static RegistryClient Client(DockerRegistry registry, string password) => new(RegistryOptions.ForHost(
        registry.Host, plainHttp: true, new RegistryCredential(DockerRegistry.User, password)));

    private static async Task<Descriptor> PushAsync(RepositoryClient repository, byte[] layer)
    {
        var config = await repository.PushBlobAsync("{}"u8.ToArray(), "application/vnd.caicloud.model.config.v1alpha1+json", Stop);
        await using var upload = await repository.OpenUploadAsync(Stop);
        await upload.WriteAsync(layer, Stop);
        var content = await upload.CompleteAsync("application/tar+gzip", Stop);
        var manifest = ImageManifest.Create(config, [content], mediaType: null);
        return await repository.PushManifestAsync("v1", manifest.ToJson(), MediaTypes.ImageManifest, Stop);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Skopeo, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == 0, error);
    }
}
