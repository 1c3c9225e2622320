using System.Text;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Kubernetes.Tests.ModelJobs;

/// <summary>Where other tags of a model that was read may go: to the manifest that holds its signature, and nowhere else.</summary>
public sealed class WrittenManifestTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ModelReference Model = ModelReference.Parse("harbor.example.com/release/bert:v1");
    private static readonly Digest Result = Digest.Parse("sha256:" + new string('b', 64));

    private static readonly ModelJob New = new()
    {
        Metadata = new V1ObjectMeta { Name = "a" },
        Spec = new ModelJobSpec { Model = "release/bert:v1" },
    };

    private static readonly ModelJobStatus Written = StatusTransitions.Updated(New, Model, Result, Now);

    public static TheoryData<string, ModelJobStatus> Others => new()
    {
        { "new", new ModelJobStatus() },
        { "pending", StatusTransitions.Created(New, Result, Now) },
        { "converted", StatusTransitions.Converted(New, "release/bert:onnx", Result, Now) },
        { "attached", StatusTransitions.Attached(New, Model, Result, Now) },
        { "superseded", StatusTransitions.Superseded(New, Model, Result, Now) },
        { "skipped", StatusTransitions.Skipped(New, "it is gone", Now) },
        { "failed", StatusTransitions.Failed(New, ModelJobReasons.RegistryRefused, "no", Now) },
        { "running with a result", Written with { Phase = ModelJobPhases.Running } },
        { "without result", Written with { Result = null } },
        { "without digest", Written with { Result = new ModelJobResult("release/bert:v1", null) } },
        { "of no digest", Written with { Result = new ModelJobResult("release/bert:v1", "latest") } },
        { "without conditions", Written with { Conditions = null } },
        { "of another condition", Written with { Conditions = [new V1Condition { Type = "Ready", Reason = ModelJobReasons.SignatureWritten }] } },
    };

    [Fact]
    public void WrittenManifest_OfASignatureInItsOrmbfile_IsTheResult() => Assert.Equal(Result, Written.WrittenManifest);

    [Theory]
    [MemberData(nameof(Others))]
    public void WrittenManifest_OfAnythingElse_IsNone(string what, ModelJobStatus status)
    {
        Assert.True(status.WrittenManifest is null, what);
    }

    [Fact]
    public void WrittenManifest_OfAStatus_IsNoFieldOfIt() =>
        Assert.DoesNotContain("writtenManifest", Encoding.UTF8.GetString(ClusterJson.Serialize(New with { Status = Written })));
}
