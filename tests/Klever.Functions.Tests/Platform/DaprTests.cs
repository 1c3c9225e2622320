using System.Net;
using System.Text;
using Klever.Local.Cluster;
using Klever.Local.Platform;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Samples;
using Klever.Testing;
using Klever.Testing.Dapr;

namespace Klever.Functions.Tests.Platform;

/// <summary>Processes whose state is a Dapr component: what one of them remembers, the other knows.</summary>
public sealed class DaprTests : IAsyncLifetime
{
    private const string Prefix = "klever/";
    private readonly TemporaryDirectory _directory = new();
    private InProcessRegistry? _registry;
    private LocalCluster? _cluster;
    private Sidecar? _sidecar;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sidecar = await Sidecar.StartAsync(new RedisComponent(new ManualClock()));
        _registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), Token);
        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { DefinitionFiles = [Path.Combine(SharedFolder.Repository, "knative/base/modeljob.crd.yaml")] }, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        await _registry!.DisposeAsync();
        await _sidecar!.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Push_ThatAnotherReplicaTook_IsKnownByTheSharedState()
    {
        var pushed = await PushAsync();

        var first = await NotifyAsync(pushed, "first");
        var second = await NotifyAsync(pushed, "second");

        Assert.Contains(": created ModelJob ", first);
        Assert.Contains(" was created before", second);
        Assert.StartsWith($"{Prefix}push/", Assert.Single(_sidecar!.Component.Keys));
    }

    [Fact]
    public async Task Push_WithAStoreThatIsDown_IsTakenAllTheSame()
    {
        var pushed = await PushAsync();
        _sidecar!.Service.Failure = new(global::Grpc.Core.StatusCode.Unavailable, "connection refused");

        var log = await NotifyAsync(pushed, "alone");

        Assert.Contains("The state store does not answer", log);
        Assert.Contains(": created ModelJob ", log);
    }

    private async Task<Digest> PushAsync()
    {
        using var files = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.Onnx, files.Path);
        using var registry = new RegistryClient(new RegistryOptions { Address = _registry!.Address });
        return (await ModelArtifacts.PushAsync(
            registry.Repository("dapr/model"), "v1", ModelDirectory.Open(files.Path), cancellationToken: Token)).Digest;
    }

    // A process of its own takes the push, and ends; its log.
    private async Task<string> NotifyAsync(Digest digest, string replica)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var log = Path.Combine(_directory.Path, replica);
        await using (var process = ChildProcess.Start(Installation.Options().FunctionsProgram, [], Environment(address.Port), log))
        {
            await process.WaitUntilReadyAsync(new Uri(address, "/health/readiness"), TimeSpan.FromMinutes(2), Token);
            using var client = new HttpClient();
            using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/webhook")) { Content = Notification(digest) };
            message.Headers.TryAddWithoutValidation("Authorization", KleverApp.WebhookSecret);
            using var answer = await client.SendAsync(message, Token);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        return await File.ReadAllTextAsync(log, Token);
    }

    private Dictionary<string, string> Environment(int port) => new()
    {
        ["PORT"] = $"{port}",
        ["KLEVER_FUNCTIONS"] = "harbor-push",
        ["KLEVER_FACE"] = "public",
        ["Klever__Registry__Address"] = _registry!.Address.ToString(),
        ["Klever__Webhook__Authorization"] = KleverApp.WebhookSecret,
        ["Klever__Shutdown__Drain"] = "00:00:00.1",
        ["Klever__State__DaprStore"] = Sidecar.StoreName,
        ["Klever__State__KeyPrefix"] = Prefix,
        ["DAPR_GRPC_ENDPOINT"] = _sidecar!.Grpc.ToString(),
        ["DAPR_HTTP_ENDPOINT"] = _sidecar.Http.ToString(),
        ["KUBERNETES_API"] = _cluster!.Address.ToString(),
    };

    private static StringContent Notification(Digest digest) => new(
        $$$"""
        {"type":"PUSH_ARTIFACT","occur_at":1586922308,"operator":"admin","event_data":{"resources":[{"digest":"{{{digest}}}","tag":"v1","resource_url":"hub/dapr/model:v1"}],
         "repository":{"date_created":1586922308,"name":"model","namespace":"dapr","repo_full_name":"dapr/model","repo_type":"private"} } }
        """,
        Encoding.UTF8,
        "application/json");
}
