using System.Diagnostics;
using Klever.Models;
using Klever.Oci;
using Klever.Registry;
using Klever.Testing;

namespace Klever.CommandLine.Tests.Initialization;

public sealed class InitializeTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CommandRun _klever = new();
    private InProcessRegistry? _registry;
    private RegistryClient? _client;
    private string _layer = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private InProcessRegistry Registry => _registry!;

    private string Tagged => $"{Registry.Host}/release/net:v1";

    private string Target => _directory.Combine("mnt", "net");

    private string Message => File.ReadAllText(_directory.Combine("termination"));

    private int LayerRequests =>
        Registry.Requests.Count(r => r.Method == "GET" && r.Path.EndsWith(_layer, StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        _registry = await InProcessRegistry.StartAsync(cancellationToken: Stop);
        _client = new RegistryClient(RegistryOptions.ForHost(Registry.Host, plainHttp: true));
        _klever["TERMINATION_MESSAGE_PATH"] = _directory.Combine("termination");
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await Registry.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Initialize_AgainWithDigest_AsksNobody()
    {
        var pinned = $"klever://{Registry.Host}/release/net@{await PushAsync()}";
        Assert.Equal(0, await RunAsync(pinned));
        Registry.ClearRequests();

        Assert.Equal(0, await RunAsync(pinned));

        Assert.Empty(Registry.Requests);
    }

    [Fact]
    public async Task Initialize_AgainWithTag_FetchesNoLayer()
    {
        await PushAsync();
        Assert.Equal(0, await RunAsync($"oci://{Tagged}"));
        Registry.ClearRequests();

        Assert.Equal(0, await RunAsync(Tagged));

        Assert.Equal(0, LayerRequests);
    }

    [Fact]
    public async Task Initialize_AfterTheTagMoved_ReplacesTheModel()
    {
        await PushAsync();
        await RunAsync(Tagged);
        await PushAsync("second"u8.ToArray());

        Assert.Equal(0, await RunAsync(Tagged));

        Assert.Equal("second", File.ReadAllText(Path.Combine(Target, "1", "model.onnx")));
    }

    [Fact]
    public async Task Initialize_WithOtherOptions_LaysOutAnew()
    {
        await PushAsync();
        await RunAsync(Tagged);

        Assert.Equal(0, await RunAsync(Tagged, "--max-batch-size", "2"));

        var config = File.ReadAllText(Path.Combine(Target, "config.pbtxt"));
        Assert.Contains("max_batch_size: 2", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_WhenAFileWasRemoved_MendsIt()
    {
        var pinned = $"{Registry.Host}/release/net@{await PushAsync()}";
        await RunAsync(pinned);
        Directory.Delete(Path.Combine(Target, "1"), recursive: true);

        Assert.Equal(0, await RunAsync(pinned));

        Assert.True(File.Exists(Path.Combine(Target, "1", "model.onnx")));
    }

    [Fact]
    public async Task Initialize_TwiceAtOnce_FetchesOnce()
    {
        await PushAsync(new byte[300_000]);
        var other = new CommandRun();
        string[] arguments = ["initialize", Tagged, Target, "--layout", "triton", "--name", "net"];

        var exitCodes = await Task.WhenAll(_klever.RunAsync(arguments), other.RunAsync(arguments));

        Assert.Equal([0, 0], exitCodes);
        Assert.Equal(1, LayerRequests);
        Assert.Equal(["1/model.onnx"], InitializedModel.Tree(Target).Keys);
    }

    [Fact]
    public async Task Initialize_WhenTheConnectionBreaks_ResumesIt()
    {
        var content = new byte[300_000];
        new Random(1).NextBytes(content);
        await PushAsync(content);
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", _layer), CutAfter = 100_000 });

        Assert.Equal(0, await RunAsync(Tagged));

        Assert.Equal(content, File.ReadAllBytes(Path.Combine(Target, "1", "model.onnx")));
    }

    [Fact]
    public async Task Initialize_WithAlteredLayer_ExitsWith17AndLeavesNothing()
    {
        await PushAsync(new byte[100_000]);
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", _layer), FlipByteAt = 40, Times = 100 });

        Assert.Equal(17, await RunAsync(Tagged));

        Assert.Contains("sha256:", Message, StringComparison.Ordinal);
        Assert.Empty(InitializedModel.Tree(Target));
        Assert.Empty(Directory.EnumerateDirectories(Target));
    }

    [Fact]
    public async Task Initialize_OfAbsentModel_ExitsWith16()
    {
        Assert.Equal(16, await RunAsync($"{Registry.Host}/release/absent:v1"));

        Assert.Contains("release/absent", Message, StringComparison.Ordinal);
        Assert.Equal($"klever initialize: {Message}\n", _klever.Error);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task Initialize_WithWrongPassword_ExitsWith10AndDoesNotSayIt()
    {
        await using var closed = await InProcessRegistry.StartAsync(
            new InProcessRegistryOptions { Access = RegistryAccess.Basic("ada", "right") }, Stop);
        (_klever["ORMB_USERNAME"], _klever["ORMB_PASSWORD"]) = ("ada", "wrong-secret");

        Assert.Equal(10, await RunAsync($"{closed.Host}/release/net:v1"));

        Assert.DoesNotContain("wrong-secret", Message + _klever.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_OfDamagedArchive_ExitsWith12()
    {
        var repository = _client!.Repository("release/net");
        var config = await repository.PushBlobAsync("""{"format":"ONNX"}"""u8.ToArray(), OrmbFile.MediaType, Stop);
        var layer = await repository.PushBlobAsync("no archive"u8.ToArray(), "application/tar+gzip", Stop);
        var manifest = ImageManifest.Create(config, [layer]).ToJson();
        await repository.PushManifestAsync("v1", manifest, MediaTypes.ImageManifest, Stop);

        Assert.Equal(12, await RunAsync(Tagged));
        Assert.Contains("the layer", Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_WhereNothingCanBeWritten_ExitsWith13()
    {
        await PushAsync();
        _directory.Write("mnt", "a file, not a directory");

        Assert.Equal(13, await RunAsync(Tagged));
        Assert.Contains(_directory.Combine("mnt"), Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_OfSeveralPairs_PlacesEach()
    {
        await PushAsync();
        var (one, two) = (_directory.Combine("one"), _directory.Combine("two"));

        Assert.Equal(0, await _klever.RunAsync("initialize", $"klever://{Tagged}", one, $"klever://{Tagged}", two));

        Assert.Equal(["model/net.onnx", "ormbfile.yaml"], InitializedModel.Tree(one).Keys);
        Assert.Equal(["model/net.onnx", "ormbfile.yaml"], InitializedModel.Tree(two).Keys);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("host.example.com/a/b:v1", "/tmp/x", "c")]
    [InlineData("host.example.com/a/b:v1", "/tmp/x", "host.example.com/a/c:v1", "/tmp/x/")]
    public async Task Initialize_OfNoPairs_ExitsWith1(params string[] arguments)
    {
        Assert.Equal(1, await _klever.RunAsync(["initialize", .. arguments]));

        Assert.NotEmpty(Message);
    }

    [Fact]
    public async Task Initialize_WithUnknownLayout_NamesTheKnownOnes()
    {
        Assert.Equal(1, await _klever.RunAsync("initialize", Tagged, Target, "--layout=vllm"));

        Assert.Equal(
            "\"vllm\" is not a layout; known are triton, tfserving, mlserver, mlflow, pmml, plain, ormb.", Message);
    }

    [Theory]
    [InlineData("--relayout=true", "1/net.onnx")]
    [InlineData("--relayout=false", "model/net.onnx")]
    public async Task PullAndExport_WithRelayout_LeavesWhatOrmbLeaves(string relayout, string expected)
    {
        await PushAsync();

        Assert.Equal(0, await _klever.RunAsync(
            "pull-and-export", Tagged, Target, relayout, "--plain-http=true", "--insecure=true"));

        Assert.Equal([expected, "ormbfile.yaml"], InitializedModel.Tree(Target).Keys);
    }

    [Fact]
    public async Task Process_KilledWhileItFetches_IsMendedByTheNext()
    {
        var content = new byte[2_000_000];
        new Random(1).NextBytes(content);
        await PushAsync(content);
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", _layer), StallAfter = 1_000_000 });
        using var process = Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "klever"),
            ["initialize", Tagged, Target, "--layout=triton", "--name=net", "--plain-http"]))!;
        while (!Directory.Exists(Target)
            || !Directory.EnumerateFiles(Target, "net.onnx", SearchOption.AllDirectories).Any())
        {
            Assert.False(process.HasExited);
            await Task.Delay(20, Stop);
        }

        process.Kill();
        await process.WaitForExitAsync(Stop);
        Assert.NotEmpty(Directory.EnumerateDirectories(Target, ".klever-*"));
        Assert.Equal(0, await RunAsync(Tagged));

        Assert.Equal(["1/model.onnx"], InitializedModel.Tree(Target).Keys);
        Assert.Equal(content, File.ReadAllBytes(Path.Combine(Target, "1", "model.onnx")));
    }

    private Task<int> RunAsync(string reference, params string[] more) =>
        _klever.RunAsync(["initialize", reference, Target, "--layout=triton", "--name=net", .. more]);

    private async Task<Digest> PushAsync(byte[]? content = null)
    {
        var repository = _client!.Repository("release/net");
        var digest = await InitializedModel.PushAsync(
            repository, "v1", "format: ONNX", ("net.onnx", content ?? "first"u8.ToArray()));
        _layer = (await repository.FetchManifestAsync(digest.ToString(), Stop)).Manifest!.Layers[0].Digest.ToString();
        Registry.ClearRequests();
        return digest;
    }
}
