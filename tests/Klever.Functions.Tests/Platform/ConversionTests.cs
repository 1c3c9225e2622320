using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Oci.Ormb;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Functions.Tests.Platform;

/// <summary>A request leads, by events alone, to the converted model in the registry, which is then described like any push.</summary>
[Collection("Platform")]
public sealed class ConversionTests(PlatformFixture fixture) : IDisposable
{
    private const string Description =
        """
        author: ada
        description: tells three shapes apart
        labels: { stage: release }
        training: { git: https://example.com/shapes.git }
        signature:
          inputs:
            - { name: data, dType: float32, size: [1, 1, 8, 8] }

        """;

    private const string WithUnsupportedLayers =
        """
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 1 dim: 8 dim: 8 } } }
        layer { name: "roi" type: "ROIPooling" bottom: "data" bottom: "data" top: "roi" }
        layer { name: "own" type: "Python" bottom: "roi" top: "own" }
        """;

    private readonly Models _models = new(fixture.Platform);
    private readonly HttpClient _client = new();

    public static TheoryData<string, string> Pairs =>
        [.. FormatConversions.All.Select(pair => (pair.From.Name, pair.To.Name))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Api => new(fixture.Platform.Service("api"), "/api/v1alpha1/namespaces/default/modeljobs");

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Request_ForAnyPair_EndsWithADescribedModelOfTheOtherFormat(string from, string to)
    {
        var pair = $"{from}-{to}".ToLowerInvariant();
        var (repository, target) = ($"convert/{pair}", $"converted/{pair}");
        await PushAsync(repository, ModelFormat.Parse(from));
        await _models.WaitForEndAsync(repository);
        var source = (await _models.FetchAsync(repository, "v1")).Digest;

        var (status, body) = await RequestAsync(repository, $"{target}:v1", from, to);
        Assert.True(status == HttpStatusCode.Created, body.ToString());

        var end = await EndOfAsync(body["metadata"]!["name"]!.GetValue<string>());
        Assert.True(end.Phase == ModelJobPhases.Succeeded, end.Message);
        Assert.EndsWith($"/{target}:v1", end.Result!.Reference, StringComparison.Ordinal);
        Assert.Single(await _models.WaitForEndAsync(target));
        var described = await _models.FetchAsync(target, "v1");
        var pushed = await _models.FetchAsync(target, end.Result.Digest!);
        Assert.Equal(new ConversionMark(source, ConverterVersion.Current), ConversionMark.Read(pushed.Manifest.Annotations));
        Assert.Equal(pushed.Digest, described.Extraction!.Source);
        AssertDescribed(described.OrmbFile, ModelFormat.Parse(to));
    }

    [Fact]
    public async Task ModelJob_OfKubectl_IsCheckedAndConvertsToo()
    {
        await PushAsync("convert/kubectl", ModelFormat.CaffeModel);

        await CreateAsync("convert-onto-itself", "convert/kubectl", "convert/kubectl:v1");
        await CreateAsync("convert-by-kubectl", "convert/kubectl", "converted/kubectl:v1");

        Assert.Equal(ModelJobReasons.InvalidSpec, (await EndOfAsync("convert-onto-itself")).Conditions![0].Reason);
        Assert.Equal(ModelJobPhases.Succeeded, (await EndOfAsync("convert-by-kubectl")).Phase);
    }

    [Fact]
    public async Task Conversion_OfUnsupportedLayers_NamesThemAllAndLeavesNoTag()
    {
        await PushAsync("convert/refused", ModelFormat.CaffeModel, WithUnsupportedLayers);

        var (_, body) = await RequestAsync("convert/refused", "converted/refused:v1", "CaffeModel", "ONNX");

        var status = await EndOfAsync(body["metadata"]!["name"]!.GetValue<string>());
        Assert.Equal((ModelJobPhases.Failed, ModelJobReasons.NotSupported), (status.Phase, status.Conditions![0].Reason));
        Assert.Contains("layer \"roi\" of type ROIPooling is not supported", status.Message, StringComparison.Ordinal);
        Assert.Contains("layer \"own\" of type Python is not supported", status.Message, StringComparison.Ordinal);
        Assert.Null(await _models.Repository("converted/refused").TryResolveAsync("v1", Token));
    }

    [Fact]
    public async Task FailedConversion_AskedForAgainAtOnce_RunsAgain()
    {
        const string Name = "convert-again";
        await PushAsync("convert/again", ModelFormat.CaffeModel, WithUnsupportedLayers);
        await CreateAsync(Name, "convert/again", "converted/again:v1");
        Assert.Equal(ModelJobPhases.Failed, (await EndOfAsync(Name)).Phase);
        await PushAsync("convert/again", ModelFormat.CaffeModel);

        await _models.Cluster.ModelJobs.DeleteAsync("default", Name, Token);
        await CreateAsync(Name, "convert/again", "converted/again:v1");

        Assert.Equal(ModelJobPhases.Succeeded, (await EndOfAsync(Name)).Phase);
    }

    public void Dispose()
    {
        _models.Dispose();
        _client.Dispose();
    }

    private static void AssertDescribed(OrmbFile result, ModelFormat format)
    {
        Assert.Equal((format, format.Framework), (result.Format, result.Framework));
        Assert.Equal(("ada", "tells three shapes apart"), (result.Author, result.Description));
        Assert.Equal("release", result.Get("labels")!["stage"]!.GetValue<string>());
        Assert.Equal("https://example.com/shapes.git", result.Get("training")!["git"]!.GetValue<string>());
        Assert.NotEmpty(result.Signature.Inputs);
        Assert.NotEmpty(result.Signature.Outputs);
        Assert.NotEmpty(result.Signature.Layers);
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> RequestAsync(string repository, string target, string from, string to)
    {
        var body = $$$"""{"spec":{"model":"{{{repository}}}:v1","desiredTag":"{{{target}}}","conversion":{"mmdnn":{"from":"{{{from}}}","to":"{{{to}}}"} } } }""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(Api, content, Token);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!);
    }

    // What kubectl does: nobody has looked at it before it is in the cluster.
    private Task CreateAsync(string name, string repository, string target) => _models.Cluster.ModelJobs.CreateAsync(
        "default",
        new ModelJob
        {
            Metadata = new V1ObjectMeta { Name = name },
            Spec = new ModelJobSpec
            {
                Model = $"{repository}:v1",
                DesiredTag = target,
                Conversion = new ConversionSource(new FormatPair("CaffeModel", "ONNX")),
            },
        },
        Token);

    private async Task<ModelJobStatus> EndOfAsync(string name)
    {
        ModelJob? job = null;
        await Models.WaitAsync(
            async () => (job = await _models.Cluster.ModelJobs.GetAsync("default", name, Token)).IsFinished,
            () => $"the end of {name}; it is {job?.Status?.Phase} {job?.Status?.Message}");
        return job!.Status!;
    }

    private async Task PushAsync(string repository, ModelFormat format, string? structure = null)
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Write(format, directory.Path);
        directory.Write(OrmbFile.FileName, $"{Description}format: {format}\n");
        if (structure is not null)
        {
            directory.Write("model/classifier.prototxt", structure);
        }

        await ModelArtifacts.PushAsync(
            _models.Repository(repository), "v1", ModelDirectory.Open(directory.Path), cancellationToken: Token);
    }
}
