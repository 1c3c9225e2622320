using Klever.Oci;
using Klever.Registry;
using Klever.Testing;

namespace Klever.CommandLine.Tests.Initialization;

/// <summary>Each folder below <c>Cases</c> is the <c>input</c> of an artifact, the <c>arguments.txt</c> after
/// reference and directory (<c>bert</c> or <c>iris</c>, whichever is named), perhaps <c>environment.txt</c>, and the
/// <c>expected</c> tree or the <c>error.txt</c> of exit code and sentence.</summary>
public sealed class LayoutCaseTests : IDisposable
{
    private static readonly string CasesPath =
        Path.Combine(SharedFolder.Repository, "tests", "Klever.CommandLine.Tests", "Initialization", "Cases");

    private readonly TemporaryDirectory _directory = new();
    private readonly CommandRun _klever = new();

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(CasesPath).Select(d => Path.GetFileName(d)!).Order()];

    public static TheoryData<string> Configurations =>
        [.. Cases.Select(c => c.Data).Where(c => File.Exists(Path.Combine(CasesPath, c, "expected", "config.pbtxt")))];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Initialize_OfCase_GivesTheExpectedTreeOrError(string name)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var registry = await InProcessRegistry.StartAsync(cancellationToken: stop);
        using var client = new RegistryClient(RegistryOptions.ForHost(registry.Host, plainHttp: true));
        var input = Path.Combine(CasesPath, name, "input");
        await InitializedModel.PushAsync(
            client.Repository("release/case"),
            "v1",
            File.ReadAllText(Path.Combine(input, "ormbfile.yaml")),
            InitializedModel.FilesOf(Path.Combine(input, "model")));
        SetEnvironment(Path.Combine(CasesPath, name, "environment.txt"));
        var arguments = File.ReadAllText(Path.Combine(CasesPath, name, "arguments.txt"))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var target = _directory.Combine(arguments is [.., "--name", "iris"] ? "iris" : "bert");

        var exitCode = await _klever.RunAsync(["initialize", $"{registry.Host}/release/case:v1", target, .. arguments]);

        var error = Path.Combine(CasesPath, name, "error.txt");
        if (File.Exists(error))
        {
            var message = File.ReadAllText(_directory.Combine("termination"));
            Assert.Equal(File.ReadAllText(error).Trim(), $"{exitCode} {message}");
            Assert.Empty(Directory.Exists(target) ? InitializedModel.Tree(target) : []);
            return;
        }

        Assert.True(exitCode == 0, _klever.Error);
        Assert.Equal(InitializedModel.Tree(Path.Combine(CasesPath, name, "expected")), InitializedModel.Tree(target));
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void ExpectedConfig_KeepsTheRulesOfTriton(string name)
    {
        var config = TextFormat.Parse(File.ReadAllText(Path.Combine(CasesPath, name, "expected", "config.pbtxt")));

        Assert.Equal("bert", config.Text("name")); // The name of the directory, or Triton refuses it.
        var isBatched = config.Text("max_batch_size") is not (null or "0");
        foreach (var tensor in config.Messages("input").Concat(config.Messages("output")))
        {
            Assert.NotEmpty(tensor.Text("name")!);
            Assert.StartsWith("TYPE_", tensor.Text("data_type"), StringComparison.Ordinal);
            Assert.NotEmpty(tensor.Values("dims"));
            Assert.All(tensor.Values("dims"), d => Assert.Matches(@"\A(-1|[1-9][0-9]*)\z", d));
            Assert.True(isBatched || !tensor.Messages("reshape").Any());
        }
    }

    [Fact]
    public void ExpectedConfig_OfEscapedName_ReadsBackAsDeclared()
    {
        var path = Path.Combine(CasesPath, "torchscript-triton", "expected", "config.pbtxt");

        var config = TextFormat.Parse(File.ReadAllText(path));

        Assert.Equal(["say \"x\\y\"", "mask"], config.Messages("input").Select(i => i.Text("name")));
        Assert.Equal(["1", "-1"], config.Messages("input").Last().Values("dims"));
    }

    private void SetEnvironment(string path)
    {
        _klever["TERMINATION_MESSAGE_PATH"] = _directory.Combine("termination");
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            _klever[line.Split('=', 2)[0]] = line.Split('=', 2)[1];
        }
    }
}
