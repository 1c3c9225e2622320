using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Registry;
using Klever.Samples;
using Klever.Testing;

namespace Klever.CommandLine.Tests;

public sealed class StoreTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CommandRun _klever = new();
    private InProcessRegistry? _registry;

    private string Reference => $"{_registry!.Host}/release/classifier:v1";

    private string Sample => _directory.Combine("sample");

    public async ValueTask InitializeAsync()
    {
        _registry = await InProcessRegistry.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _klever["ORMB_HOME"] = _directory.Combine("home");
        SampleModels.Write(ModelFormat.Onnx, Sample);
    }

    public async ValueTask DisposeAsync()
    {
        await _registry!.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task SavePushPullExport_GivesTheSameFiles()
    {
        await SucceedAsync("save", Sample, Reference);
        await SucceedAsync("push", Reference);
        await SucceedAsync("remove", Reference);
        await SucceedAsync("pull", Reference);
        await SucceedAsync("export", Reference, "-o", _directory.Combine("out"));

        Assert.Equal(
            File.ReadAllBytes(Path.Combine(Sample, "model", "classifier.onnx")),
            File.ReadAllBytes(_directory.Combine("out", "model", "classifier.onnx")));
        Assert.Equal(
            "format: ONNX\nframework: ONNX\ndirectoryStructure: [model/classifier.onnx]\n",
            File.ReadAllText(_directory.Combine("out", "ormbfile.yaml")));
    }

    [Fact]
    public async Task PushOfDirectory_AndOfSaved_HaveTheSameDigest()
    {
        await SucceedAsync("push", Sample, Reference, "--output", "json");
        var pushed = JsonNode.Parse(_klever.Output)!;
        await SucceedAsync("save", Sample, Reference, "--output", "json");

        Assert.Equal((string?)pushed["digest"], (string?)JsonNode.Parse(_klever.Output)!["digest"]);
        Assert.Equal(Reference, (string?)pushed["reference"]);
        Assert.Equal("ONNX", (string?)pushed["format"]);
    }

    [Fact]
    public async Task Export_OfModelThatIsNotHere_FetchesIt()
    {
        await SucceedAsync("push", Sample, Reference);

        await SucceedAsync("export", Reference, "-d", _directory.Combine("out"));

        Assert.True(File.Exists(_directory.Combine("out", "model", "classifier.onnx")));
    }

    [Fact]
    public async Task Export_WhereFilesAre_TouchesNothing()
    {
        await SucceedAsync("save", Sample, Reference);
        var mine = _directory.Write("out/ormbfile.yaml", "author: me");

        Assert.Equal(1, await _klever.RunAsync("export", Reference, "-o", _directory.Combine("out")));
        Assert.Equal(
            $"klever export: {mine} is already there; remove it or name another directory.\n", _klever.Error);
        Assert.Equal("author: me", File.ReadAllText(mine));
        Assert.False(Directory.Exists(_directory.Combine("out", "model")));
    }

    [Fact]
    public async Task TagAndModels_ShowBothNames()
    {
        await SucceedAsync("save", Sample, "localhost/release/classifier:v1");
        await SucceedAsync("tag", "localhost/release/classifier:v1", "localhost/release/classifier:v2");
        await SucceedAsync("models", "-o", "json");

        var models = JsonNode.Parse(_klever.Output)!["models"]!.AsArray();
        Assert.Equal(
            ["localhost/release/classifier:v1", "localhost/release/classifier:v2"], models.Select(model => (string?)model!["reference"]));
        Assert.Single(models.Select(model => (string?)model!["digest"]).Distinct());
    }

    [Fact]
    public async Task Remove_OfTheLastName_FreesTheBlobs()
    {
        await SucceedAsync("save", Sample, Reference);
        await SucceedAsync("remove", Reference);

        Assert.Empty(Directory.GetFiles(_directory.Combine("home", "cache", "blobs"), "*", SearchOption.AllDirectories));
        Assert.Equal(1, await _klever.RunAsync("push", Reference));
        Assert.Equal(
            $"klever push: {Reference} is not on this machine: save it or pull it first; \"klever models\" lists what is.\n", _klever.Error);
    }

    [Fact]
    public async Task Push_OfIncompleteModel_SendsNothingAndExitsWith14()
    {
        File.Delete(Path.Combine(Sample, "model", "classifier.onnx"));
        _directory.Write("sample/model/readme.txt", "x");

        Assert.Equal(14, await _klever.RunAsync("push", Sample, Reference));
        Assert.Equal($"klever push: {Sample}: a ONNX model needs *.onnx in model/.\n", _klever.Error);
        Assert.Empty(_registry!.Requests);
    }

    [Fact]
    public async Task Push_ThatIsRefused_ExitsWith15()
    {
        _registry!.Add(new RegistryFault
        {
            When = RegistryFault.On("PUT", "/manifests/"),
            Status = 412,
            Body = """{"errors":[{"code":"PRECONDITION","message":"configured as immutable"}]}""",
        });

        Assert.Equal(15, await _klever.RunAsync("push", Sample, Reference));
        Assert.Contains("412 PRECONDITION: configured as immutable", _klever.Error, StringComparison.Ordinal);
    }

    private async Task SucceedAsync(params string[] arguments) =>
        Assert.True(await _klever.RunAsync(arguments) == 0, _klever.Error);
}
