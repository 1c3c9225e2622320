using System.Text;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Samples;
using Klever.Testing;

namespace Klever.CommandLine.Tests;

public sealed class ExtractTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CommandRun _klever = new();
    private InProcessRegistry? _registry;
    private RegistryClient? _client;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private InProcessRegistry Registry => _registry!;

    private RepositoryClient Repository => _client!.Repository("release/classifier");

    private string Reference => $"{Registry.Host}/release/classifier:v1";

    private string MessagePath => _directory.Combine("termination");

    public async ValueTask InitializeAsync()
    {
        _registry = await InProcessRegistry.StartAsync(cancellationToken: Stop);
        _client = new RegistryClient(RegistryOptions.ForHost(Registry.Host, plainHttp: true));
        _klever["TERMINATION_MESSAGE_PATH"] = MessagePath;
        _klever["KLEVER_JOB"] = "extract-1";
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await Registry.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Extract_ByEnvironment_ReportsTheSignature()
    {
        var pushed = await PushSampleAsync();
        _klever["SOURCE_MODEL_TAG"] = $"release/classifier:v1@{pushed.Digest}";
        _klever["SERVER_ORMB_DOMAIN"] = Registry.Host;
        _klever["FORMAT"] = "ONNX";

        var exitCode = await _klever.RunAsync("extract");

        var report = ReadReport();
        Assert.Equal((0, ""), (exitCode, _klever.Output));
        Assert.Equal(("extract-1", null), (report.Job, report.Failure));
        Assert.Equal(new JobArtifact($"release/classifier:v1@{pushed.Digest}", pushed.Digest, pushed.Layer.Size), report.Source);
        Assert.Equal("image: float32[-1, 1, 8, 8]", Assert.Single(report.Signature!.Inputs).ToString());
        Assert.Equal(6, report.Signature.Layers.Count);
    }

    [Fact]
    public async Task Extract_WithReportFile_WritesTheWholeThere()
    {
        await PushSampleAsync();
        var path = _directory.Combine("report.json");

        await _klever.RunAsync("extract", Reference, "--report", path);

        var report = JobReport.FromJson(JsonNode.Parse(File.ReadAllText(path))!.AsObject());
        Assert.Equal(Reference, report.Source.Reference);
        Assert.NotNull(report.Signature);
    }

    [Fact]
    public async Task Extract_OfManyNames_PutsTheReportIntoTheLog()
    {
        _directory.Write("m/model/net.pmml", Pmml(fields: 3000));
        await PushAsync("m");

        Assert.Equal(0, await _klever.RunAsync("extract", Reference));

        var message = File.ReadAllText(MessagePath);
        Assert.StartsWith("h:", message, StringComparison.Ordinal);
        var report = TerminationMessage.Decode(message, _klever.Output.Split('\n')[^2]);
        Assert.Equal(3000, report.Signature!.Inputs.Count);
    }

    [Fact]
    public async Task Extract_WithWrongPassword_ExitsWith10()
    {
        await using var closed = await InProcessRegistry.StartAsync(
            new InProcessRegistryOptions { Access = RegistryAccess.Basic("ada", "right") }, Stop);
        (_klever["ORMB_USERNAME"], _klever["ORMB_PASSWORD"]) = ("ada", "wrong-secret");

        Assert.Equal(10, await _klever.RunAsync("extract", $"{closed.Host}/release/classifier:v1"));
        Assert.Contains("401", ReadReport().Failure, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", _klever.Error + _klever.Output + File.ReadAllText(MessagePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_OfShortReference_ShowsTheCredentialToTheConfiguredRegistryOnly()
    {
        await PushSampleAsync();
        _klever["SERVER_ORMB_DOMAIN"] = "harbor.example.com";
        (_klever["ORMB_USERNAME"], _klever["ORMB_PASSWORD"]) = ("robot", "secret");

        Assert.Equal(0, await _klever.RunAsync("extract", Reference));
        Assert.All(Registry.Requests, request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task Extract_OfAbsentModel_ExitsWith11()
    {
        Assert.Equal(11, await _klever.RunAsync("extract", Reference));
        Assert.Contains("404 MANIFEST_UNKNOWN", ReadReport().Failure, StringComparison.Ordinal);
        Assert.Contains("klever extract: GET http://", _klever.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_OfAlteredLayer_ExitsWith11()
    {
        var pushed = await PushSampleAsync();
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", pushed.Layer.Digest.Hex), FlipByteAt = 100 });

        Assert.Equal(11, await _klever.RunAsync("extract", Reference));
        Assert.Contains("it was altered on the way or in the registry", ReadReport().Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_OfLayerThatKeepsBreaking_ExitsWith11()
    {
        var pushed = await PushSampleAsync();
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", pushed.Layer.Digest.Hex), CutAfter = 0, Times = int.MaxValue });

        Assert.Equal(11, await _klever.RunAsync("extract", Reference));
        Assert.Contains("broke off", ReadReport().Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_OfDamagedLayer_ExitsWith12()
    {
        await PushLayerAsync("no gzip at all"u8.ToArray());

        Assert.Equal(12, await _klever.RunAsync("extract", Reference));
        Assert.Equal("the layer is damaged: its gzip data is wrong before byte 14", ReadReport().Failure);
    }

    [Fact]
    public async Task Extract_OfAnotherArtifact_ExitsWith20()
    {
        var config = await Repository.PushBlobAsync("{}"u8.ToArray(), MediaTypes.ImageConfig, Stop);
        await Repository.PushManifestAsync("v1", ImageManifest.Create(config, []).ToJson(), MediaTypes.ImageManifest, Stop);

        Assert.Equal(20, await _klever.RunAsync("extract", Reference));
        Assert.Contains("is not an ORMB model", ReadReport().Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_OfDamagedModel_ExitsWith20()
    {
        _directory.Write("m/model/net.onnx", "this is no protobuf");
        await PushAsync("m");

        Assert.Equal(20, await _klever.RunAsync("extract", Reference));
        Assert.StartsWith("ONNX model/net.onnx: ", ReadReport().Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_OfFormatWithoutReader_ExitsWith21AndFetchesNoLayer()
    {
        _directory.Write("m/model/trees.joblib", "x");
        var pushed = await PushAsync("m");
        Registry.ClearRequests();

        Assert.Equal(21, await _klever.RunAsync("extract", Reference));
        Assert.DoesNotContain(Registry.Requests, request => request.Path.Contains(pushed.Layer.Digest.Hex, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Extract_OfABomb_ExitsWith22()
    {
        SampleModels.Write(ModelFormat.Onnx, _directory.Combine("m"));
        _directory.Write("m/model/zeros", new byte[80_000_000]);
        var model = ModelDirectory.Open(_directory.Combine("m"));
        await ModelArtifacts.PushAsync(Repository, "v1", model, System.IO.Compression.CompressionLevel.SmallestSize, cancellationToken: Stop);

        Assert.Equal(22, await _klever.RunAsync("extract", Reference));
        Assert.Contains("the layer unpacks to more than 200 times its size", ReadReport().Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("release/classifier:v1", "names no registry: write host/release/classifier:v1, or set SERVER_ORMB_DOMAIN.")]
    public async Task Extract_OfUnusableReference_SaysWhy(string reference, string message)
    {
        Assert.Equal(1, await _klever.RunAsync("extract", reference));
        Assert.Contains(message, ReadReport().Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_AsAProcess_LeavesReportAndExitCode()
    {
        await PushSampleAsync();
        var environment = new Dictionary<string, string>
        {
            ["SOURCE_MODEL_TAG"] = Reference,
            ["PLAIN_HTTP"] = "true",
            ["TERMINATION_MESSAGE_PATH"] = MessagePath,
        };

        var (found, _, error, _) = await KleverProcess.RunAsync(environment, "extract");
        Assert.Equal((0, $"reading {Reference}: "), (found, error.Split(": ")[0] + ": "));
        Assert.NotNull(ReadReport().Signature);

        var (absent, _, _, _) = await KleverProcess.RunAsync(environment, "extract", Reference + "-absent");
        Assert.Equal(11, absent);
    }

    private static string Pmml(int fields) => new StringBuilder()
        .Append("<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\"><Header/><DataDictionary>")
        .AppendJoin("", Enumerable.Range(0, fields).Select(i => $"<DataField name=\"{Name(i)}\" optype=\"continuous\" dataType=\"double\"/>"))
        .Append("<DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/></DataDictionary>")
        .Append("<RegressionModel functionName=\"regression\"><MiningSchema>")
        .AppendJoin("", Enumerable.Range(0, fields).Select(i => $"<MiningField name=\"{Name(i)}\"/>"))
        .Append("<MiningField name=\"y\" usageType=\"target\"/></MiningSchema><RegressionTable intercept=\"1\"/></RegressionModel></PMML>")
        .ToString();

    private static string Name(int i) => $"field-{Digest.Of(BitConverter.GetBytes(i)).Short}";

    private JobReport ReadReport() => TerminationMessage.Decode(File.ReadAllText(MessagePath));

    private Task<ModelArtifact> PushSampleAsync()
    {
        SampleModels.Write(ModelFormat.Onnx, _directory.Combine("sample"));
        return PushAsync("sample");
    }

    private Task<ModelArtifact> PushAsync(string directory) => ModelArtifacts.PushAsync(
        Repository, "v1", ModelDirectory.Open(_directory.Combine(directory)), cancellationToken: Stop);

    private async Task PushLayerAsync(byte[] content)
    {
        var config = await Repository.PushBlobAsync("""{"format":"ONNX"}"""u8.ToArray(), OrmbFile.MediaType, Stop);
        var layer = await Repository.PushBlobAsync(content, ModelLayer.MediaType, Stop);
        await Repository.PushManifestAsync("v1", ImageManifest.Create(config, [layer]).ToJson(), MediaTypes.ImageManifest, Stop);
    }
}
