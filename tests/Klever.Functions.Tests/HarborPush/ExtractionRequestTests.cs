using Klever.Eventing.Pushes;
using Klever.Functions.HarborPush;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.ModelJobs;
using Klever.Kubernetes.Serving;
using Klever.Models;

namespace Klever.Functions.Tests.HarborPush;

public class ExtractionRequestTests
{
    private static readonly Digest AnyDigest = Digest.Of("x"u8);

    private static readonly KleverOptions Options = new()
    {
        Registry = new RegistrySettings { Address = new Uri("https://harbor.example.com") },
        Jobs = new JobOptions { Image = "klever", Registry = "harbor.example.com" },
        Servings = new ServingOptions { Registry = "harbor.example.com", InitializerImage = "klever" },
    };

    [Theory]
    [InlineData("release/bert", "extract-release-bert-")]
    [InlineData("my.team/nlp/bert_large", "extract-my-team-nlp-bert-large-")]
    [InlineData("single", "extract-single-")]
    public void Create_NamesTheModelJobByItsRepository(string repository, string prefix)
    {
        var modelJob = ExtractionRequest.Create(Push(repository), "v1", ModelFormat.Onnx, Options);

        Assert.StartsWith(prefix, modelJob.Name);
        Assert.Equal($"harbor.example.com/{repository}:v1@{AnyDigest}", modelJob.Spec.Model);
        Assert.Equal("ONNX", modelJob.Spec.Extraction!.Format);
        Assert.Equal("true", modelJob.Metadata.Labels[ModelJobResource.ExtractLabel]);
    }

    [Fact]
    public void Create_ForAnotherTagOfTheSameDigest_HasTheSameName()
    {
        var first = ExtractionRequest.Create(Push("release/bert"), "v1", ModelFormat.Onnx, Options);
        var second = ExtractionRequest.Create(Push("release/bert"), "v2", ModelFormat.Onnx, Options);

        Assert.Equal(first.Name, second.Name);
    }

    private static PushEvent Push(string repository) =>
        new() { Source = "test", Id = "1", Repository = repository, Digest = AnyDigest };
}
