using System.Runtime.InteropServices;
using Klever.Conversion;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Samples;
using Klever.Testing;

namespace Klever.CommandLine.Tests;

public sealed class ConvertTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CommandRun _klever = new();
    private InProcessRegistry? _registry;
    private RegistryClient? _client;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private InProcessRegistry Registry => _registry!;

    // Of the package that only the tests have.
    private static string RuntimeLibrary => Directory.EnumerateFiles(
        Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"))
        .First(file => Path.GetFileNameWithoutExtension(file) is "libonnxruntime" or "onnxruntime");

    private RepositoryClient Repository => _client!.Repository("release/classifier");

    public async ValueTask InitializeAsync()
    {
        _registry = await InProcessRegistry.StartAsync(cancellationToken: Stop);
        _client = new RegistryClient(RegistryOptions.ForHost(Registry.Host, plainHttp: true));
        _klever["TERMINATION_MESSAGE_PATH"] = _directory.Combine("termination");
        _klever["KLEVER_JOB"] = "convert-1";
        _klever["SERVER_ORMB_DOMAIN"] = Registry.Host;
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await Registry.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public void Table_OfNames_IsThatOfConverters()
    {
        var converters = ModelConverters.All.Select(converter => (converter.From, converter.To));

        Assert.Equal(converters, FormatConversions.Direct);
        Assert.All(FormatConversions.All, pair => Assert.NotNull(ModelConverters.Find(pair.From, pair.To)));
    }

    [Theory]
    [InlineData("CaffeModel", "NetDef")]
    [InlineData("CaffeModel", "ONNX")]
    [InlineData("H5", "SavedModel")]
    [InlineData("MXNetParams", "ONNX")]
    [InlineData("NetDef", "ONNX")]
    public async Task Convert_OfDirectory_WritesTheOtherFormat(string from, string to)
    {
        SampleModels.Write(ModelFormat.Parse(from), _directory.Combine("in"));

        var exitCode = await _klever.RunAsync("convert", "--to", to, _directory.Combine("in"), _directory.Combine("out"));

        Assert.Equal(("", 0), (_klever.Error.Contains("klever convert:", StringComparison.Ordinal) ? _klever.Error : "", exitCode));
        Assert.Equal(to, ModelDirectory.Open(_directory.Combine("out")).Format.Name);
        Assert.Equal(2, Directory.GetDirectories(_directory.Combine("")).Length);
    }

    [Theory]
    [InlineData("CaffeModel", "  out prob: float32[1, 3]")]
    [InlineData("MXNetParams", "  out softmax: float32[1, 3]")]
    [InlineData("NetDef", "  out prob: float32[1, 3]")]
    public async Task Convert_WithVerify_RunsTheResultAndShowsSizes(string from, string output)
    {
        SampleModels.Write(ModelFormat.Parse(from), _directory.Combine("in"));
        _klever["INPUTS"] = """[{"name":"data","dType":"float32","size":[1,1,8,8]}]""";
        _klever["ONNXRUNTIME_LIBRARY"] = RuntimeLibrary;

        var exitCode = await _klever.RunAsync(
            "convert", "--to", "ONNX", "--opset", "15", "--verify", _directory.Combine("in"), _directory.Combine("out"));

        Assert.True(exitCode == 0, _klever.Error);
        Assert.Matches("ONNX Runtime [0-9.]+: loaded in [0-9.]+ ms, run in [0-9.]+ ms, again in [0-9.]+ ms", _klever.Error);
        Assert.Contains("  in  data [1, 1, 8, 8]", _klever.Error, StringComparison.Ordinal);
        Assert.Contains(output, _klever.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, new[] { "saved_model.pb" })]
    [InlineData(true, new[] { "saved_model.pb", "variables/variables.data-00000-of-00001", "variables/variables.index" })]
    public async Task Convert_ToSavedModel_KeepsWeightsWhereItIsTold(bool usesVariables, string[] expected)
    {
        SampleModels.Write(ModelFormat.H5, _directory.Combine("in"));
        string[] options = usesVariables ? ["--variables"] : [];

        var exitCode = await _klever.RunAsync(["convert", .. options, _directory.Combine("in"), _directory.Combine("out")]);

        Assert.True(exitCode == 0, _klever.Error);
        var model = _directory.Combine("out", "model");
        Assert.Equal(expected, Directory.GetFiles(model, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(model, file)).Order());
    }

    [Fact]
    public async Task Convert_WithVerify_WithoutTheRuntime_SaysSoAndConverts()
    {
        SampleModels.Write(ModelFormat.CaffeModel, _directory.Combine("in"));
        _klever["ONNXRUNTIME_LIBRARY"] = _directory.Combine("no.so");

        var exitCode = await _klever.RunAsync(
            "convert", "--to", "ONNX", "--verify", _directory.Combine("in"), _directory.Combine("out"));

        Assert.Equal(0, exitCode);
        Assert.Contains("The result is not run: ONNX Runtime is not on this machine", _klever.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_ToAnOperatorSetThatIsNotWritten_ExitsWith21()
    {
        SampleModels.Write(ModelFormat.CaffeModel, _directory.Combine("in"));

        var exitCode = await _klever.RunAsync(
            "convert", "--to", "ONNX", "--opset", "7", _directory.Combine("in"), _directory.Combine("out"));

        Assert.Equal(21, exitCode);
        Assert.Contains("operator set 7 is not one of 11 to 17", _klever.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_WithTwoPossibleTargets_AsksForOne()
    {
        SampleModels.Write(ModelFormat.CaffeModel, _directory.Combine("in"));

        Assert.NotEqual(0, await _klever.RunAsync("convert", _directory.Combine("in"), _directory.Combine("out")));
        Assert.Contains("CaffeModel becomes NetDef or ONNX; choose with --to.", _klever.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory.Combine("out")));
    }

    [Fact]
    public async Task Convert_ToWhatNothingMakes_ExitsWith21AndLeavesNothing()
    {
        SampleModels.Write(ModelFormat.Onnx, _directory.Combine("in"));

        Assert.Equal(21, await _klever.RunAsync("convert", "--to", "H5", _directory.Combine("in"), _directory.Combine("out")));
        Assert.Contains("CaffeModel to ONNX", _klever.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(_directory.Combine("")));
    }

    [Theory]
    [InlineData("CaffeModel", "ONNX")]
    [InlineData("MXNetParams", "ONNX")]
    public async Task Convert_AsAJob_PushesAndReportsTheResult(string from, string to)
    {
        var source = await PushSampleAsync(from);
        Configure(from, to);

        var exitCode = await _klever.RunAsync("convert");

        var report = ReadReport();
        Assert.Equal((null, 0), (report.Failure, exitCode));
        Assert.Equal(new JobArtifact("release/classifier:v1", source.Digest, source.Layer.Size), report.Source);
        var result = await ModelArtifacts.FetchAsync(Repository, "converted", Stop);
        Assert.Equal(new JobArtifact("release/classifier:converted", result.Digest, result.Layer.Size), report.Result);
        Assert.Equal(new ConversionMark(source.Digest, "1"), ConversionMark.Read(result.Manifest.Annotations));
        Assert.Null(result.Extraction);
        Assert.Equal((to, "ada"), (result.OrmbFile.FormatName, result.OrmbFile.Author));
        Assert.NotEmpty(result.OrmbFile.Signature.Outputs);
    }

    [Fact]
    public async Task Convert_AsAJobThatRunsAgain_FindsItsOwnResult()
    {
        await PushSampleAsync("CaffeModel");
        Configure("CaffeModel", "NetDef");
        Assert.Equal(0, await _klever.RunAsync("convert"));
        var first = ReadReport().Result!.Digest;

        Assert.Equal(0, await _klever.RunAsync("convert"));

        Assert.Equal(first, ReadReport().Result!.Digest);
    }

    [Fact]
    public async Task Convert_OntoATagOfAnother_LeavesItAlone()
    {
        var source = await PushSampleAsync("CaffeModel");
        Configure("CaffeModel", "NetDef");
        _klever["DESTINATION_MODEL_TAG"] = "release/classifier:v1";

        Assert.Equal(11, await _klever.RunAsync("convert"));
        Assert.Contains("is taken by another model", ReadReport().Failure, StringComparison.Ordinal);
        Assert.Equal(source.Digest, (await ModelArtifacts.FetchAsync(Repository, "v1", Stop)).Digest);
    }

    [Fact]
    public async Task Convert_OfDamagedModel_ExitsWith20AndSetsNoTag()
    {
        SampleModels.Write(ModelFormat.CaffeModel, _directory.Combine("in"));
        File.WriteAllText(Directory.GetFiles(_directory.Combine("in"), "*.prototxt", SearchOption.AllDirectories)[0], "layer {");
        await ModelArtifacts.PushAsync(Repository, "v1", ModelDirectory.Open(_directory.Combine("in")), cancellationToken: Stop);
        Configure("CaffeModel", "ONNX");

        Assert.Equal(20, await _klever.RunAsync("convert"));
        Assert.Null(await Repository.TryResolveAsync("converted", Stop));
    }

    private void Configure(string from, string to)
    {
        _klever["SOURCE_MODEL_TAG"] = "release/classifier:v1";
        _klever["DESTINATION_MODEL_TAG"] = "release/classifier:converted";
        (_klever["SOURCE_FORMAT"], _klever["FORMAT"]) = (from, to);
    }

    private Task<ModelArtifact> PushSampleAsync(string format)
    {
        SampleModels.Write(ModelFormat.Parse(format), _directory.Combine("in"));
        File.AppendAllText(_directory.Combine("in/ormbfile.yaml"), "\nauthor: ada\n");
        return ModelArtifacts.PushAsync(
            Repository, "v1", ModelDirectory.Open(_directory.Combine("in")), cancellationToken: Stop);
    }

    private JobReport ReadReport() => TerminationMessage.Decode(File.ReadAllText(_directory.Combine("termination")));
}
