using k8s.Models;
using Klever.Functions.JobCompletion;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Klever.Functions.Tests.JobCompletion;

/// <summary>What cannot be written for good ends the ModelJob; it does not come again with every sweep.</summary>
public sealed class SignatureWriterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_OfAModelThatCannotBeReadAnyMore_IsRefusedForGood()
    {
        await using var registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), Token);
        using var client = new RegistryClient(new RegistryOptions { Address = registry.Address });
        var repository = client.Repository("team/bert");
        var config = await repository.PushBlobAsync("{}"u8.ToArray(), OrmbFile.MediaType, Token);
        var layer = await repository.PushBlobAsync("layer"u8.ToArray(), "application/tar+gzip", Token);
        var manifest = ImageManifest.Create(new Descriptor(config.MediaType, config.Digest, OrmbFile.MaximumSize + 1), [layer]);
        var pushed = await repository.PushManifestAsync("v1", manifest.ToJson(), MediaTypes.ImageManifest, Token);
        var modelJob = new ModelJob
        {
            Metadata = new V1ObjectMeta { Name = "read" },
            Spec = new ModelJobSpec { Model = $"{registry.Address.Authority}/team/bert:v1@{pushed.Digest}", Extraction = new ExtractionSource("ONNX") },
        };
        var report = new JobReport { Source = new JobArtifact("team/bert:v1", pushed.Digest), Signature = Signature.Empty };

        var exception = await Assert.ThrowsAsync<UnusableReportException>(
            () => new SignatureWriter(client, NullLogger<SignatureWriter>.Instance).WriteAsync(modelJob, report, Token));

        Assert.Equal(ModelJobReasons.RegistryRefused, exception.Reason);
        Assert.Contains("which is the most that is read here", exception.Message);
    }
}
