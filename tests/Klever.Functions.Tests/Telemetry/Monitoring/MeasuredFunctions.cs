using System.Net.Http.Headers;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Local.Platform;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Functions.Tests.Telemetry.Monitoring;

/// <summary>All functions in a process that shows its metrics, before a registry that can fail.</summary>
internal sealed class MeasuredFunctions : IAsyncDisposable
{
    private readonly InProcessRegistry _registry;
    private readonly LocalPlatform _platform;
    private readonly RegistryClient _client;
    private readonly ClusterClient _cluster;

    private MeasuredFunctions(InProcessRegistry registry, LocalPlatform platform)
    {
        (_registry, _platform) = (registry, platform);
        _client = new RegistryClient(RegistryOptions.ForHost(registry.Host, plainHttp: true));
        _cluster = new ClusterClient(new ClusterOptions { Api = platform.Cluster });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<MeasuredFunctions> StartAsync(TemporaryDirectory directory, int metricsPort)
    {
        WebhookSender? webhook = null;
        var registry = await InProcessRegistry.StartAsync(
            new InProcessRegistryOptions { Notify = (envelope, token) => webhook!.SendAsync(envelope, token) }, Token);
        var platform = await LocalPlatform.StartAsync(
            Installation.Options() with
            {
                Functions = [new FunctionProcess("all", "", "", [.. FunctionProcess.Default.SelectMany(process => process.Services)])],
                DataDirectory = directory.Combine("platform"),
                InProcessRegistry = true,
                Settings = new Dictionary<string, string>
                {
                    ["Klever__Registry__Address"] = registry.Address.ToString(),
                    ["Klever__Metrics__Port"] = $"{metricsPort}",
                },
            },
            Token);
        webhook = new WebhookSender(new Uri(platform.Service("harbor-push"), "webhook"), platform.WebhookSecret);
        return new MeasuredFunctions(registry, platform);
    }

    /// <summary>Something of everything that is counted: a model that is read, one that is none, one that cannot be listed, a lost event,
    /// an event that nobody can read, and a registry that refuses.</summary>
    public async Task WorkAsync()
    {
        await PushAsync("measured/good", SampleModels.Files(ModelFormat.Onnx).Single().Value);
        await PushAsync("measured/bad", "<PMML/>"u8.ToArray());
        await PushLyingAsync("measured/lying");
        var failed = await EndOfAsync("measured/bad", ModelJobPhases.Failed);
        await EndOfAsync("measured/good", ModelJobPhases.Succeeded);
        await _cluster.ModelJobs.DeleteAsync(failed.Namespace, failed.Name, Token);
        using var http = new HttpClient();
        using var malformed = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", _platform.WebhookSecret);
        using var refused = await http.PostAsync(new Uri(_platform.Service("harbor-push"), "webhook"), malformed, Token);
        _registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/v2/_catalog"), Status = 403 });
        using var forbidden = await http.GetAsync(new Uri(_platform.Service("api"), "api/v1alpha1/projects"), Token);

        using var sweep = await http.PostAsync(new Uri(_platform.Eventing, "/local/ping/sweep"), content: null, Token);
        sweep.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        await _registry.DisposeAsync();
        _client.Dispose();
        _cluster.Dispose();
    }

    private async Task PushAsync(string repository, byte[] weights)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("model/net.onnx", weights);
        directory.Write(OrmbFile.FileName, "format: ONNX\n");
        await ModelArtifacts.PushAsync(_client.Repository(repository), "v1", ModelDirectory.Open(directory.Path), cancellationToken: Token);
    }

    // Its manifest says that its description is larger than any that is read.
    private async Task PushLyingAsync(string repository)
    {
        var client = _client.Repository(repository);
        var config = await client.PushBlobAsync("{}"u8.ToArray(), OrmbFile.MediaType, Token);
        var layer = await client.PushBlobAsync("layer"u8.ToArray(), "application/tar+gzip", Token);
        var manifest = ImageManifest.Create(new Descriptor(config.MediaType, config.Digest, OrmbFile.MaximumSize + 1), [layer]);
        await client.PushManifestAsync("v1", manifest.ToJson(), MediaTypes.ImageManifest, Token);
    }

    private async Task<ModelJob> EndOfAsync(string repository, string phase)
    {
        ModelJob? found = null;
        await Platform.Models.WaitAsync(
            async () => (found = (await _cluster.ModelJobs.ListAsync(null, cancellationToken: Token)).Items.FirstOrDefault(
                job => ModelReference.Parse(job.Spec.Model).Repository == repository))?.Status?.Phase == phase,
            () => $"a ModelJob of {repository} that is {phase}; it is {found?.Status?.Phase} {found?.Status?.Message}");
        return found!;
    }
}
