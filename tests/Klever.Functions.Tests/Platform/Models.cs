using System.Diagnostics;
using System.Text.Json.Nodes;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Local.Platform;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Functions.Tests.Platform;

/// <summary>What a test does with models on the platform, in the words of the domain.</summary>
internal sealed class Models(LocalPlatform platform) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly RegistryClient _registry = new(new RegistryOptions { Address = platform.Registry });

    public ClusterClient Cluster { get; } = new(new ClusterOptions { Api = platform.Cluster });

    public RepositoryClient Repository(string name) => _registry.Repository(name);

    /// <summary>Pushes the sample of a format; <paramref name="author"/> makes two pushes differ.</summary>
    public async Task<ModelArtifact> PushAsync(string repository, string tag, ModelFormat format, string author = "test")
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Write(format, directory.Path);
        var ormbFile = OrmbFile.Empty.WithFormat(format).With("author", JsonValue.Create(author));
        directory.Write(OrmbFile.FileName, ormbFile.ToYaml());
        return await ModelArtifacts.PushAsync(
            Repository(repository), tag, ModelDirectory.Open(directory.Path), cancellationToken: TestContext.Current.CancellationToken);
    }

    public Task<ModelArtifact> FetchAsync(string repository, string tagOrDigest) =>
        ModelArtifacts.FetchAsync(Repository(repository), tagOrDigest, TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<ModelJob>> ModelJobsOfAsync(string repository)
    {
        var page = await Cluster.ModelJobs.ListAsync(null, cancellationToken: TestContext.Current.CancellationToken);
        return [.. page.Items.Where(job => ModelReference.Parse(job.Spec.Model).Repository == repository)];
    }

    /// <summary>Waits until the repository has this many ModelJobs and all have ended.</summary>
    public async Task<IReadOnlyList<ModelJob>> WaitForEndAsync(string repository, int count = 1)
    {
        IReadOnlyList<ModelJob> jobs = [];
        await WaitAsync(
            async () => (jobs = await ModelJobsOfAsync(repository)).Count >= count && jobs.All(job => job.IsFinished),
            () => $"{count} ended ModelJobs of {repository}; there are {string.Join(", ", jobs.Select(j => $"{j.Name} {j.Status?.Phase} {j.Status?.Message}"))}");
        return jobs;
    }

    /// <summary>Waits until the Job of the repository's ModelJob has completed, whatever the ModelJob says.</summary>
    public Task WaitForJobsAsync(string repository, int count) => WaitAsync(
        async () =>
        {
            var jobs = await ModelJobsOfAsync(repository);
            var completed = 0;
            foreach (var job in jobs)
            {
                var found = await Cluster.Jobs.FindAsync(job.Namespace, job.Name, TestContext.Current.CancellationToken);
                completed += found?.Status?.Conditions?.Any(condition => condition.Type == "Complete") == true ? 1 : 0;
            }

            return completed >= count;
        },
        () => $"{count} completed Jobs of {repository}");

    public static async Task WaitAsync(Func<Task<bool>> condition, Func<string> expectation)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < Patience, $"expected within {Patience.TotalSeconds} s: {expectation()}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Lets the clock of the sweep strike now.</summary>
    public async Task SweepAsync()
    {
        using var client = new HttpClient();
        using var response = await client.PostAsync(
            new Uri(platform.Eventing, "/local/ping/sweep"), content: null, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The calls that a user made to the cluster.</summary>
    public async Task<IReadOnlyList<JsonNode>> CallsAsync(string user)
    {
        using var client = new HttpClient();
        var address = new Uri(platform.Cluster, $"/local/audit?user={Uri.EscapeDataString(user)}");
        var calls = (JsonArray)JsonNode.Parse(await client.GetStringAsync(address, TestContext.Current.CancellationToken))!;
        return [.. calls.OfType<JsonNode>()];
    }

    public void Dispose()
    {
        _registry.Dispose();
        Cluster.Dispose();
    }
}
