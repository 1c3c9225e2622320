using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Platform;
using Klever.Models;
using Klever.Testing;

namespace Klever.Functions.Tests.Platform.Telemetry;

/// <summary><c>Klever:Logs=Json</c>: what a program that reads the log finds in the lines of a push and of its Job.</summary>
public sealed class JsonLogTests
{
    private const string Repository = "logs/net";

    private static readonly FunctionProcess All = new(
        "all", Functions: "", Face: "both", [.. FunctionProcess.OnePerService.SelectMany(process => process.Services)]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_OfAPushAndOfItsJob_CarryModelJobAndTrace()
    {
        using var directory = new TemporaryDirectory();
        await using var platform = await LocalPlatform.StartAsync(Options(directory.Path), Token);
        using var models = new Models(platform);

        var pushed = await models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        var modelJob = Assert.Single(await models.WaitForEndAsync(Repository));

        var log = Path.Combine(directory.Path, "all.log");
        var push = await LineAsync(log, $"Push of {Repository}:v1 {pushed.Digest}: created");
        var started = await LineAsync(log, $"Created Job default/{modelJob.Name}");
        var described = await LineAsync(log, $"Described {Repository}:v1");
        Assert.Equal($"{Repository}:v1@{pushed.Digest}", Scope(push, "Model"));
        Assert.All([started, described], line =>
        {
            Assert.Equal((modelJob.Spec.Model, $"default/{modelJob.Name}"), (Scope(line, "Model"), Scope(line, "Job")));
            Assert.Equal("Information", line.Text("LogLevel"));
        });
        Assert.All([push, started, described], line => Assert.Matches("^[0-9a-f]{32}$", Scope(line, "TraceId")));
    }

    private static PlatformOptions Options(string directory) => Installation.Options() with
    {
        Functions = [All],
        InProcessRegistry = true,
        DataDirectory = directory,
        Settings = new Dictionary<string, string> { ["Klever__Logs"] = "Json" },
    };

    /// <summary>The first line whose message begins so. A log comes a moment after what it tells of.</summary>
    private static async Task<JsonNode> LineAsync(string log, string message)
    {
        JsonNode? found = null;
        await Models.WaitAsync(async () => (found = await FindAsync(log, message)) is not null, () => $"a line \"{message}\" in the log");
        return found!;
    }

    // A last line that is not whole yet is not read.
    private static async Task<JsonNode?> FindAsync(string log, string message)
    {
        using var content = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = await content.ReadToEndAsync(Token);
        return lines[..(lines.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))
            .FirstOrDefault(line => line.Text("Message")?.StartsWith(message, StringComparison.Ordinal) == true);
    }

    private static string? Scope(JsonNode line, string name) => line.Objects("Scopes").Select(scope => scope.Text(name)).OfType<string>().FirstOrDefault();
}
