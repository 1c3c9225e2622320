using k8s.Models;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.Tests.Platform;

/// <summary>The work for a Harbor project is done in the namespace that the project is mapped to: <c>knative/namespace</c> is all that
/// is there, and the functions have the rights that it gives.</summary>
[Collection("Platform")]
public sealed class NamespaceTests(PlatformFixture fixture) : IDisposable
{
    private readonly Models _models = new(fixture.Platform);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_ToAMappedProject_IsReadInThatNamespaceByEventsAlone()
    {
        const string Repository = $"{PlatformFixture.OtherProject}/net";

        await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);

        var modelJob = Assert.Single(await _models.WaitForEndAsync(Repository));
        Assert.Equal((PlatformFixture.OtherNamespace, ModelJobPhases.Succeeded), (modelJob.Namespace, modelJob.Status!.Phase));
        var job = await _models.Cluster.Jobs.GetAsync(PlatformFixture.OtherNamespace, modelJob.Name, Token);
        Assert.Equal(1, job.Status.Succeeded);
        Assert.True((await _models.FetchAsync(Repository, "v1")).OrmbFile.HasSignature);
        Assert.Contains(fixture.Platform.Feed.After(0), entry => entry.Kind == "event"
            && (string?)entry.Detail["broker"] == $"{PlatformFixture.Home}/default"
            && (string?)entry.Detail["subject"] == $"/apis/batch/v1/namespaces/{PlatformFixture.OtherNamespace}/jobs/{modelJob.Name}");
    }

    [Fact]
    public async Task Jobs_OfAMappedProject_LogInWithTheSecretOfTheirNamespace()
    {
        const string There = $"{PlatformFixture.OtherProject}/secret";
        const string Here = "namespaces/secret";
        await _models.PushAsync(There, "v1", ModelFormat.Onnx);
        await _models.PushAsync(Here, "v1", ModelFormat.Onnx);

        Assert.Equal([PlatformFixture.OtherPullSecret], await SecretsOfAsync(There));
        Assert.Equal(["ormb"], await SecretsOfAsync(Here));
    }

    [Fact]
    public async Task Sweep_HealsInEveryMappedNamespace()
    {
        const string Repository = $"{PlatformFixture.OtherProject}/swept";
        await fixture.Platform.StopFunctionAsync("job-completion");
        await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        await _models.WaitForJobsAsync(Repository, 1);

        await fixture.Platform.StartFunctionAsync("job-completion", Token);
        await _models.SweepAsync();

        await _models.WaitForEndAsync(Repository);
        Assert.True((await _models.FetchAsync(Repository, "v1")).OrmbFile.HasSignature);
    }

    public void Dispose() => _models.Dispose();

    private async Task<IEnumerable<string>> SecretsOfAsync(string repository)
    {
        var modelJob = Assert.Single(await _models.WaitForEndAsync(repository));
        var job = await _models.Cluster.Jobs.GetAsync(modelJob.Namespace, modelJob.Name, Token);
        return job.Spec.Template.Spec.Containers.SelectMany(container => container.Env ?? [])
            .Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>().Select(secret => secret.Name).Distinct();
    }
}
