using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Samples;
using Klever.Testing;
using Klever.Testing.Registry;

namespace Klever.Functions.Tests.Models;

/// <summary>What people type, against the real registry: whichever program took a model in, every one gives out its bytes.</summary>
public sealed class CurlAndCommandLineTests : IAsyncLifetime
{
    private const int WeightsBytes = 3_000_017;

    private readonly TemporaryDirectory _directory = new();
    private DockerRegistry? _registry;
    private FunctionsProcess? _functions;
    private ExternalProgram _klever = ExternalProgram.Klever;
    private Dictionary<string, byte[]> _files = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_WithCurl_IsListedAndGivenOutByteForByte()
    {
        var zip = _directory.Combine("net.zip");
        ZipFile.CreateFromDirectory(_directory.Combine("net"), zip);

        var answer = JsonNode.Parse(await ExternalProgram.Curl.SucceedAsync(
            "-sSf", "-T", zip, "-H", "Content-Type: application/zip", Route("curl/versions/v1/upload")))!;

        Assert.Equal(("ONNX", $"{_registry!.Host}/team/curl:v1"), ((string?)answer["format"], (string?)answer["reference"]));
        await AssertGivenOutAsync("curl", (string)answer["digest"]!);
    }

    [Fact]
    public async Task UploadOfAForm_WithCurl_IsListedAndGivenOutByteForByte()
    {
        var zip = _directory.Combine("net.zip");
        ZipFile.CreateFromDirectory(_directory.Combine("net"), zip);

        var answer = JsonNode.Parse(await ExternalProgram.Curl.SucceedAsync(
            "-sSf", "-F", """model={"modelName":"form","format":"ONNX"}""", "-F", $"file=@{zip};type=application/zip", Route("form/versions/v1/upload")))!;

        await AssertGivenOutAsync("form", (string)answer["digest"]!);
    }

    [Fact]
    public async Task Push_WithTheCommandLine_IsListedAndGivenOutByteForByte()
    {
        var pushed = JsonNode.Parse(await _klever.SucceedAsync(
            "push", _directory.Combine("net"), $"{_registry!.Host}/team/pushed:v1", "--output", "json"))!;

        await AssertGivenOutAsync("pushed", (string)pushed["digest"]!);
    }

    public async ValueTask InitializeAsync()
    {
        ExternalProgram.Curl.Require();
        _registry = await DockerRegistry.StartAsync(cancellationToken: Token);
        _functions = await FunctionsProcess.StartAsync(_registry.Address, _directory.Combine("state.db"), Token);
        _klever = ExternalProgram.Klever with
        {
            Environment = new Dictionary<string, string>
            {
                ["PLAIN_HTTP"] = "true",
                ["KLEVER_SERVER"] = _functions.Address.ToString(),
                ["ORMB_HOME"] = _directory.Combine("home"),
                ["DOCKER_CONFIG"] = _directory.Combine("docker"),
            },
        };
        SampleModels.Write(ModelFormat.Onnx, _directory.Combine("net"));
        _directory.Write("net/model/extra/vocabulary.txt", "eins\r\nzwei\n");
        await File.WriteAllBytesAsync(_directory.Combine("net", "model", "extra", "weights.bin"), RandomNumberGenerator.GetBytes(WeightsBytes), Token);
        _files = FilesOf(_directory.Combine("net", "model"));
    }

    public async ValueTask DisposeAsync()
    {
        await (_functions?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_registry?.DisposeAsync() ?? ValueTask.CompletedTask);
        _directory.Dispose();
    }

    private async Task AssertGivenOutAsync(string model, string digest)
    {
        var reference = $"{_registry!.Host}/team/{model}:v1";
        var listed = JsonNode.Parse(await ExternalProgram.Curl.SucceedAsync("-sSf", Route($"{model}/versions")))!["items"]![0]!;
        Assert.Equal(("v1", "ONNX", digest), ((string?)listed["version"], (string?)listed["format"], (string?)listed["digest"]));
        Assert.Contains(digest, await _klever.SucceedAsync("models", "list", $"team/{model}"));

        await ExternalProgram.Curl.SucceedAsync("-sSf", "-o", _directory.Combine("down.zip"), Route($"{model}/versions/v1/download"));
        ZipFile.ExtractToDirectory(_directory.Combine("down.zip"), _directory.Combine("downloaded"));
        AssertSame("downloaded");

        await _klever.SucceedAsync("pull", reference);
        await _klever.SucceedAsync("export", reference, "-o", _directory.Combine("exported"));
        AssertSame("exported");
    }

    private void AssertSame(string place)
    {
        var files = FilesOf(_directory.Combine(place, "model"));
        Assert.Equal(_files.Keys.Order(), files.Keys.Order());
        Assert.All(_files, file => Assert.True(file.Value.AsSpan().SequenceEqual(files[file.Key]), $"{place}: {file.Key} differs"));
    }

    private static Dictionary<string, byte[]> FilesOf(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(directory, file), File.ReadAllBytes);

    private string Route(string rest) => $"{_functions!.Address}api/v1alpha1/projects/team/models/{rest}";
}
