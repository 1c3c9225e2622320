using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Functions.Tests.Platform;

/// <summary>A push through the agent is a push: the registry's own webhook tells of it.</summary>
[Collection("Platform")]
public sealed class AgentTests(PlatformFixture fixture) : IDisposable
{
    private readonly Models _models = new(fixture.Platform);

    [Fact]
    public async Task Push_ThroughTheAgent_EndsWithItsSignatureInTheRegistry()
    {
        const string Repository = "agent/onnx";
        using var agent = new RegistryClient(new RegistryOptions { Address = fixture.Platform.Service("harbor-agent") });
        using var directory = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.Onnx, directory.Path);
        await ModelArtifacts.PushAsync(
            agent.Repository(Repository), "v1", ModelDirectory.Open(directory.Path), cancellationToken: TestContext.Current.CancellationToken);

        var job = Assert.Single(await _models.WaitForEndAsync(Repository));

        var described = await ModelArtifacts.FetchAsync(agent.Repository(Repository), "v1", TestContext.Current.CancellationToken);
        Assert.True(job.Status!.Phase == ModelJobPhases.Succeeded, job.Status.Message);
        Assert.True(described.OrmbFile.HasSignature);
    }

    public void Dispose() => _models.Dispose();
}
