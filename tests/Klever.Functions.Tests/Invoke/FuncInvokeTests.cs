using System.Text.Json.Nodes;
using Klever.Eventing;
using Klever.Functions.Tests.Platform;
using Klever.Models;
using Klever.Testing;

namespace Klever.Functions.Tests.Invoke;

/// <summary>The commands of <c>knative/samples/README.md</c>, sent as func sends them, answered as it says there.</summary>
[Collection("Platform")]
public sealed class FuncInvokeTests(PlatformFixture fixture) : IDisposable
{
    private static readonly string Samples = Path.Combine(SharedFolder.Repository, "knative", "samples");

    private readonly Platform.Models _models = new(fixture.Platform);

    private readonly KleverApp _app = new(
        ("KLEVER_FACE", "events"),
        ("KUBERNETES_API", fixture.Platform.Cluster.ToString()),
        ("K_SINK", fixture.Platform.Broker.ToString()),
        ("Klever:Registry:Address", fixture.Platform.Registry.ToString()));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCommandOfTheReadme_IsAnsweredAsItSays()
    {
        await _models.PushAsync("demo/classifier", "v1", ModelFormat.Onnx);
        using var client = _app.CreateClient();

        foreach (var (command, documented) in Commands())
        {
            using var request = FuncCommand.Parse(command).ToRequest();
            using var response = await client.SendAsync(request, Token);

            var body = await response.Content.ReadAsStringAsync(Token);
            Assert.True(documented.StartsWith($"{(int)response.StatusCode}", StringComparison.Ordinal), $"{command}\nis said to answer {documented}\nbut answers {(int)response.StatusCode} {body}");
            Assert.True((int)response.StatusCode > 299 || !documented.Contains("event `") == (body.Length == 0), $"{command} answered {body}");
            if (response.Headers.TryGetValues("ce-type", out var types))
            {
                Assert.Contains($"`{types.Single()}`", documented);
            }
        }
    }

    [Fact]
    public void TheReadme_HasBothFormatsForEveryFunctionThatTakesEvents()
    {
        var targets = Commands().Select(row => row.Command).ToList();

        foreach (var function in FunctionTable.All.Where(function => function.Events.Count > 0))
        {
            Assert.Contains(targets, command => command.Contains("-f cloudevent") && command.Contains($"/events/{function.Name} "));
        }

        var unused = Directory.GetFiles(Samples, "*.json").Select(file => Path.GetFileName(file)!)
            .Except(targets.Select(command => command.Split('/')[^1]));
        Assert.Empty(unused);
    }

    [Theory]
    [InlineData("harbor-push")]
    [InlineData("model-job")]
    [InlineData("job")]
    [InlineData("serving")]
    [InlineData("ping")]
    public void Sample_OfAnEvent_HasTheDataOfTheSampleBesideIt(string name)
    {
        var data = JsonNode.Parse(File.ReadAllText(Path.Combine(Samples, $"{name}.json")));
        var whole = JsonNode.Parse(File.ReadAllText(Path.Combine(Samples, $"{name}.event.json")));

        Assert.True(JsonNode.DeepEquals(data, whole!["data"]));
    }

    [Fact]
    public async Task HarborPush_WithTheDigestOfAModel_RepliesWithTheModelJob()
    {
        await fixture.Platform.StopFunctionAsync("harbor-push");
        try
        {
            var pushed = await _models.PushAsync("invoke/push", "v1", ModelFormat.Onnx, author: "func");
            using var request = FuncCommand.Parse("func invoke -f http -t http://localhost:8081/ --content-type application/cloudevents+json").ToRequest();
            request.Content = new StringContent(
                File.ReadAllText(Path.Combine(Samples, "harbor-push.event.json")).Replace($"sha256:{new string('a', 64)}", pushed.Digest.ToString()).Replace("demo/classifier", "invoke/push"),
                System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/cloudevents+json"));

            using var response = await _app.CreateClient().SendAsync(request, Token);

            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal(EventTypes.ModelJobCreated, response.Headers.GetValues("ce-type").Single());
        }
        finally
        {
            await fixture.Platform.StartFunctionAsync("harbor-push", Token);
        }
    }

    public void Dispose()
    {
        _app.Dispose();
        _models.Dispose();
    }

    private static IEnumerable<(string Command, string Answer)> Commands() =>
        File.ReadLines(Path.Combine(Samples, "README.md"))
            .Where(line => line.Contains("| `func invoke ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[2].Trim('`'), cells[3]));
}
