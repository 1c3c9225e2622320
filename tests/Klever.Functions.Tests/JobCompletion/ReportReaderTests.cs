using k8s.Models;
using Klever.Functions.JobCompletion;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.Tests.JobCompletion;

/// <summary>A pod has parsed a stranger's file: it is believed only about the manifest that its Job was given.</summary>
public sealed class ReportReaderTests
{
    private static readonly Digest Given = Digest.Parse($"sha256:{new string('a', 64)}");
    private static readonly Digest Other = Digest.Parse($"sha256:{new string('b', 64)}");

    // By tag, and with a status that says nothing yet: then nothing but the Job knows the manifest.
    private static readonly ModelJob ModelJob = new()
    {
        Metadata = new V1ObjectMeta { Name = "read", NamespaceProperty = "default", Uid = "1" },
        Spec = new ModelJobSpec { Model = "team/bert:v1", Extraction = new ExtractionSource("ONNX") },
    };

    private static readonly V1Job Job = JobBuilder.Build(ModelJob, Given, new JobOptions { Image = "klever", Registry = "harbor.example" });

    [Fact]
    public async Task Report_OfTheManifestThatTheJobWasGiven_IsTaken() => Assert.Equal(Given, (await ReadAsync(Job, Given)).Source.Digest);

    [Fact]
    public async Task Report_OfAnotherManifest_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<UnusableReportException>(() => ReadAsync(Job, Other));

        Assert.Equal(ModelJobReasons.ReportUnreadable, exception.Reason);
        Assert.Contains($"speaks of {Other}, but the Job was given {Given}", exception.Message);
    }

    [Fact]
    public async Task Report_OfAJobThatSaysNoManifest_IsRefused() =>
        await Assert.ThrowsAsync<UnusableReportException>(() => ReadAsync(new V1Job(), Given));

    private static async Task<JobReport> ReadAsync(V1Job job, Digest read)
    {
        using var cluster = new ClusterClient(new ClusterOptions { Api = new Uri("http://127.0.0.1:9") });
        var report = new JobReport { Source = new JobArtifact("team/bert:v1", read), Signature = Signature.Empty };
        var pod = new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = "read-x" },
            Status = new V1PodStatus
            {
                ContainerStatuses =
                [
                    new V1ContainerStatus
                    {
                        Name = JobBuilder.ContainerName,
                        State = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 0, Message = TerminationMessage.Encode(report).Message } },
                    },
                ],
            },
        };
        return await new ReportReader(cluster).ReadAsync(ModelJob, job, [pod], TestContext.Current.CancellationToken);
    }
}
