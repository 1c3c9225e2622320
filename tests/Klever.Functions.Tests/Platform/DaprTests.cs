using System.Net;
using Klever.Local.Cluster;
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
    private const string Repository = "dapr/model";
    private readonly TemporaryDirectory _directory = new();
    private InProcessRegistry? _registry;
    private LocalCluster? _cluster;
    private Sidecar? _sidecar;

    private Dictionary<string, string> Settings => new()
    {
        ["Klever__Shutdown__Drain"] = "00:00:00.1",
        ["Klever__State__DaprStore"] = Sidecar.StoreName,
        ["Klever__State__KeyPrefix"] = Prefix,
        ["DAPR_GRPC_ENDPOINT"] = _sidecar!.Grpc.ToString(),
        ["DAPR_HTTP_ENDPOINT"] = _sidecar.Http.ToString(),
    };

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
            registry.Repository(Repository), "v1", ModelDirectory.Open(files.Path), cancellationToken: Token)).Digest;
    }

    // A process of its own takes the push, and ends; its log.
    private async Task<string> NotifyAsync(Digest digest, string replica)
    {
        var log = Path.Combine(_directory.Path, replica);
        var (process, address) = await HarborPushProcess.StartAsync(_registry!.Address, _cluster!.Address, log, Settings);
        await using (process)
        {
            using var client = new HttpClient();
            using var answer = await client.SendAsync(HarborPushProcess.Notification(address, Repository, digest), Token);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        return await File.ReadAllTextAsync(log, Token);
    }
}
