using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Klever.Kubernetes.Cluster;
using Klever.Local.Cluster;
using Klever.Local.Platform;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Functions.Tests.Platform;

/// <summary>SIGTERM under load: readiness turns false first, what was sent is answered, and what was accepted is done.</summary>
public sealed class ShutdownTests : IAsyncLifetime
{
    private const int Models = 60;
    private const int Senders = 4;
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(1);
    private readonly ConcurrentBag<(string Repository, bool AfterTheSignal)> _accepted = [];
    private readonly ConcurrentBag<string> _broken = [];
    private readonly ConcurrentQueue<HttpStatusCode> _readiness = new();
    private readonly HttpClient _client = new();
    private readonly TemporaryDirectory _directory = new();
    private long _signalled;
    private InProcessRegistry? _registry;
    private LocalCluster? _cluster;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), Token);
        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { DefinitionFiles = [Path.Combine(SharedFolder.Repository, "knative/base/modeljob.crd.yaml")] }, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        await _registry!.DisposeAsync();
        _client.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Sigterm_UnderLoad_LosesNothingThatWasAccepted()
    {
        var pushes = await PushAsync();
        var (process, address) = await StartAsync();
        await using var _ = process;

        var senders = Enumerable.Range(0, Senders).Select(sender => SendAsync(address, pushes, sender)).ToList();
        var probe = ProbeAsync(address);
        while (_accepted.Count < Senders)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }

        Volatile.Write(ref _signalled, Stopwatch.GetTimestamp());
        using var signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await Task.WhenAll([.. senders, probe]);

        using var cluster = new ClusterClient(new ClusterOptions { Api = _cluster!.Address });
        var done = await cluster.ModelJobs.ListAllAsync("default", cancellationToken: Token)
            .Select(job => ModelReference.Parse(job.Spec.Model).Repository).ToHashSetAsync(cancellationToken: Token);
        Assert.Empty(_broken);
        Assert.Empty(_accepted.Select(push => push.Repository).Except(done));
        Assert.Contains(_accepted, push => push.AfterTheSignal);
        Assert.Contains(HttpStatusCode.ServiceUnavailable, _readiness);
        Assert.DoesNotContain(HttpStatusCode.OK, _readiness.SkipWhile(status => status == HttpStatusCode.OK));
    }

    private async Task<List<(string Repository, Digest Digest)>> PushAsync()
    {
        using var files = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.Onnx, files.Path);
        using var registry = new RegistryClient(new RegistryOptions { Address = _registry!.Address });
        var pushes = new List<(string, Digest)>();
        for (var i = 0; i < Models; i++)
        {
            var name = $"stop/m{i}";
            var pushed = await ModelArtifacts.PushAsync(registry.Repository(name), "v1", ModelDirectory.Open(files.Path), cancellationToken: Token);
            pushes.Add((name, pushed.Digest));
        }

        return pushes;
    }

    private Task<(ChildProcess Process, Uri Address)> StartAsync() => HarborPushProcess.StartAsync(
        _registry!.Address,
        _cluster!.Address,
        Path.Combine(_directory.Path, "log"),
        new Dictionary<string, string>
        {
            ["Klever__Shutdown__Drain"] = Drain.ToString(),
            ["Klever__State__Path"] = Path.Combine(_directory.Path, "state.db"),
        });

    // Until the door closes. What was sent before that, and got no answer, was broken off.
    private async Task SendAsync(Uri address, List<(string Repository, Digest Digest)> pushes, int sender)
    {
        for (var i = sender; ; i = (i + Senders) % pushes.Count)
        {
            var afterTheSignal = Volatile.Read(ref _signalled) != 0;
            var isInTime = !afterTheSignal || Stopwatch.GetElapsedTime(Volatile.Read(ref _signalled)) < Drain - Closing;
            try
            {
                using var response = await _client.SendAsync(HarborPushProcess.Notification(address, pushes[i].Repository, pushes[i].Digest), Token);
                if (response.IsSuccessStatusCode)
                {
                    _accepted.Add((pushes[i].Repository, afterTheSignal));
                }
            }
            catch (HttpRequestException exception)
            {
                if (isInTime)
                {
                    _broken.Add($"{exception.HttpRequestError}: {exception.Message}");
                }

                return;
            }
        }
    }

    private async Task ProbeAsync(Uri address)
    {
        try
        {
            while (true)
            {
                using var response = await _client.GetAsync(new Uri(address, "/health/readiness"), Token);
                _readiness.Enqueue(response.StatusCode);
                await Task.Delay(TimeSpan.FromMilliseconds(50), Token);
            }
        }
        catch (HttpRequestException)
        {
            // It has stopped.
        }
    }
}
