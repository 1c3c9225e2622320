using System.Text.Json.Nodes;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Testing;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests.Jobs;

/// <summary>Each folder below <c>Cases</c> is a <c>modeljob.yaml</c>, perhaps <c>options.yaml</c>, and the
/// <c>expected.yaml</c> or
/// <c>error.txt</c> that comes of them.</summary>
public sealed class JobBuilderTests
{
    private static readonly Digest Resolved = Digest.Parse("sha256:" + new string('5', 64));

    private static readonly JobOptions Options = new() { Image = "ghcr.io/kleveross/klever:1.0", Registry = "harbor.example.com" };

    private static readonly string CasesPath =
        Path.Combine(SharedFolder.Repository, "tests", "Klever.Kubernetes.Tests", "Jobs", "Cases");

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(CasesPath).Select(d => Path.GetFileName(d)!).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Job_OfCase_IsAsExpected(string name)
    {
        var modelJob = ClusterJson.Deserialize<ModelJob>(System.Text.Encoding.UTF8.GetBytes(Read(name, "modeljob.yaml").ToJsonString()));
        var error = Path.Combine(CasesPath, name, "error.txt");

        if (File.Exists(error))
        {
            var exception = Assert.Throws<InvalidModelJobException>(() => JobBuilder.Build(modelJob, Resolved, OptionsOf(name)));
            Assert.Equal(File.ReadAllText(error).TrimEnd(), exception.Message);
            return;
        }

        var job = ClusterJson.ToJsonObject(JobBuilder.Build(modelJob, Resolved, OptionsOf(name)));
        var expected = Read(name, "expected.yaml");
        Assert.True(JsonNode.DeepEquals(expected, job), $"expected {expected.ToJsonString()}\n     got {job.ToJsonString()}");
    }

    [Fact]
    public void Job_OfSameInput_IsTheSame()
    {
        var modelJob = ClusterJson.Deserialize<ModelJob>(
            System.Text.Encoding.UTF8.GetBytes(Read("extraction", "modeljob.yaml").ToJsonString()));

        var first = ClusterJson.Serialize(JobBuilder.Build(modelJob, Resolved, Options));
        var second = ClusterJson.Serialize(JobBuilder.Build(modelJob, Resolved, Options));

        Assert.Equal(first, second);
    }

    [Fact]
    public void Job_OfTagThatNobodyResolved_IsRefused()
    {
        var modelJob = ClusterJson.Deserialize<ModelJob>(
            System.Text.Encoding.UTF8.GetBytes(Read("extraction", "modeljob.yaml").ToJsonString()));

        var exception = Assert.Throws<InvalidModelJobException>(() => JobBuilder.Build(modelJob, source: null, Options));

        Assert.Equal("spec.model: it is not known which manifest the tag names.", exception.Message);
    }

    private static JsonObject Read(string name, string file) =>
        YamlJson.Read(File.ReadAllText(Path.Combine(CasesPath, name, file))).Single();

    private static JobOptions OptionsOf(string name)
    {
        if (!File.Exists(Path.Combine(CasesPath, name, "options.yaml")))
        {
            return Options;
        }

        var changed = Read(name, "options.yaml");
        return Options with
        {
            Registry = (string?)changed["registry"] ?? Options.Registry,
            RegistryAliases = [.. changed["registryAliases"]?.AsArray().Select(a => (string)a!) ?? []],
            PlainHttp = (bool?)changed["plainHttp"] ?? false,
            PushSecretName = (string?)changed["pushSecretName"],
            SchedulerName = (string?)changed["schedulerName"] ?? Options.SchedulerName,
        };
    }
}
