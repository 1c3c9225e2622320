using Klever.Formats;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Functions.Tests.Platform;

/// <summary>A push leads, by events alone, to the signature in <c>ormbfile.yaml</c>.</summary>
[Collection("Platform")]
public sealed class MainJobTests(PlatformFixture fixture) : IDisposable
{
    private readonly Models _models = new(fixture.Platform);

    public static TheoryData<string> Formats => [.. SampleModels.Formats.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Push_OfAnyFormat_EndsWithItsSignatureInTheRegistry(string name)
    {
        var format = ModelFormat.Parse(name);
        var repository = $"main/{name.ToLowerInvariant()}";
        var before = await _models.PushAsync(repository, "v1", format);

        var job = Assert.Single(await _models.WaitForEndAsync(repository));

        var after = await _models.FetchAsync(repository, "v1");
        Assert.Equal((ModelJobPhases.Succeeded, after.Digest.ToString()), (job.Status!.Phase, job.Status.Result!.Digest));
        Assert.Equal(Expected(format), after.OrmbFile.Signature);
        Assert.Equal(before.Layer.ToJson(), after.Layer.ToJson());
        Assert.NotEqual(before.Manifest.Config.Digest, after.Manifest.Config.Digest);
        Assert.Equal((before.Digest, job.Name), (after.Extraction!.Source, after.Extraction.Job));
        Assert.Equal("test", after.OrmbFile.Author);
    }

    [Fact]
    public async Task Push_OfAFormatThatIsNotRead_LeadsToNoJob()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("model/net.joblib", "pickled");
        await Klever.Oci.Ormb.ModelArtifacts.PushAsync(
            _models.Repository("main/sklearn"), "v1", Klever.Oci.Ormb.ModelDirectory.Open(directory.Path),
            cancellationToken: TestContext.Current.CancellationToken);
        await _models.PushAsync("main/after-sklearn", "v1", ModelFormat.Onnx);

        await _models.WaitForEndAsync("main/after-sklearn");

        Assert.Empty(await _models.ModelJobsOfAsync("main/sklearn"));
    }

    [Fact]
    public async Task Update_ByOurselves_LeadsToNoFurtherJob()
    {
        const string Repository = "main/no-loop";
        await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        await _models.WaitForEndAsync(Repository);

        await _models.SweepAsync();
        await _models.PushAsync("main/after-no-loop", "v1", ModelFormat.Onnx);
        await _models.WaitForEndAsync("main/after-no-loop");

        Assert.Single(await _models.ModelJobsOfAsync(Repository));
    }

    [Fact]
    public async Task Push_OfOneDigestUnderASecondTag_LetsTheTagFollowWithoutReadingAgain()
    {
        const string Repository = "main/two-tags";
        var pushed = await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        await _models.WaitForEndAsync(Repository);

        await _models.Repository(Repository).TagAsync(pushed.Digest.ToString(), "v2", TestContext.Current.CancellationToken);

        var described = await _models.FetchAsync(Repository, "v1");
        await Models.WaitAsync(
            async () => (await _models.FetchAsync(Repository, "v2")).Digest == described.Digest, () => "v2 names what v1 names");
        Assert.Single(await _models.ModelJobsOfAsync(Repository));
    }

    public void Dispose() => _models.Dispose();

    private static Signature Expected(ModelFormat format)
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Write(format, directory.Path);
        return SignatureExtractor.FromDirectory(directory.Path, format, Signature.Empty).Signature;
    }
}
