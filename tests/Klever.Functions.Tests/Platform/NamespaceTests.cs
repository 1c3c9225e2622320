using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.Tests.Platform;

/// <summary>The work for a Harbor project is done in the namespace that the project is mapped to.</summary>
[Collection("Platform")]
public sealed class NamespaceTests(PlatformFixture fixture) : IDisposable
{
    private readonly Models _models = new(fixture.Platform);

    [Fact]
    public async Task Push_ToAMappedProject_RunsItsJobInThatNamespace()
    {
        const string Repository = $"{PlatformFixture.OtherProject}/net";

        await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);

        var modelJob = Assert.Single(await _models.WaitForEndAsync(Repository));
        Assert.Equal((PlatformFixture.OtherNamespace, ModelJobPhases.Succeeded), (modelJob.Namespace, modelJob.Status!.Phase));
        var job = await _models.Cluster.Jobs.GetAsync(PlatformFixture.OtherNamespace, modelJob.Name, TestContext.Current.CancellationToken);
        Assert.Equal(1, job.Status.Succeeded);
    }

    [Fact]
    public async Task Sweep_HealsInEveryMappedNamespace()
    {
        const string Repository = $"{PlatformFixture.OtherProject}/swept";
        await fixture.Platform.StopFunctionAsync("job-completion");
        await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        await _models.WaitForJobsAsync(Repository, 1);

        await fixture.Platform.StartFunctionAsync("job-completion", TestContext.Current.CancellationToken);
        await _models.SweepAsync();

        await _models.WaitForEndAsync(Repository);
        Assert.True((await _models.FetchAsync(Repository, "v1")).OrmbFile.HasSignature);
    }

    public void Dispose() => _models.Dispose();
}
