using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.Functions.Tests.Servings;

/// <summary>Header diversion (reference case S23) from the request to the prediction: the route that a serving gets brings each request
/// through the gateway to the predictor that its headers ask for.</summary>
public sealed class HeaderRoutingTests(RunningBench bench) : IClassFixture<RunningBench>
{
    private const string Servings = "/api/v1alpha1/namespaces/default/servings";
    private static readonly byte[] Output = "probabilities"u8.ToArray();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("VirtualService")]
    [InlineData("HttpRoute")]
    public async Task Request_WithAHeader_GoesToItsPredictorAndAllOthersToTheDefault(string kind)
    {
        await bench.WriteSecretAsync("default", ServingBench.Password);
        await bench.PushAsync("serve/steady", ModelFormat.Onnx);
        await bench.PushAsync("serve/canary", ModelFormat.Onnx, change: RenameOutput);
        await using var app = bench.AnotherApp(("Klever:Servings:Routes", kind));
        using var api = app.CreateClient();
        var name = $"by-{kind.ToLowerInvariant()}";

        using var created = await api.PostAsync(Servings, Json(Diverted(name)), Token);
        Assert.Equal((HttpStatusCode.Created, ""), (created.StatusCode, created.IsSuccessStatusCode ? "" : await created.Content.ReadAsStringAsync(Token)));
        var status = await bench.WaitForReasonAsync($"default/servings/{name}", "Available");

        var endpoint = status["endpoints"]![0]!;
        Assert.Contains($"/klever/default/{name}/v2/models/{name}/infer", (string?)endpoint["url"]);
        Assert.Contains("-H 'x-user: 1'", (string?)endpoint["curl"]);
        Assert.DoesNotContain("x-user", (string?)status["endpoints"]![1]!["curl"]);
        Assert.Equal("probabilitieS", await AskAsync(endpoint, "1"));
        Assert.Equal("probabilitieS", await AskAsync(endpoint, "beta-7"));
        Assert.Equal("probabilities", await AskAsync(endpoint, "3"));
        Assert.Equal("probabilities", await AskAsync(endpoint, "gamma"));
        Assert.Equal("probabilities", await AskAsync(endpoint, user: null));
        await AssertGoneWithItsServingAsync(api, name, (string)endpoint["url"]!);
    }

    private async Task AssertGoneWithItsServingAsync(HttpClient api, string name, string url)
    {
        using var deleted = await api.DeleteAsync($"{Servings}/{name}", Token);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var client = new HttpClient();
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            using var answer = await client.PostAsync(new Uri(url), Json([]), Token);
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return;
            }

            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), $"the gateway still answers {answer.StatusCode}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), Token);
        }
    }

    /// <returns>The name of the output, which tells the models apart.</returns>
    private static async Task<string> AskAsync(JsonNode endpoint, string? user)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri((string)endpoint["url"]!))
        {
            Content = Json((JsonObject)endpoint["request"]!.DeepClone()),
        };
        if (user is not null)
        {
            request.Headers.Add("X-User", user);
        }

        using var response = await client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return (string)JsonNode.Parse(text)!["outputs"]![0]!["name"]!;
    }

    private static JsonObject Diverted(string name) => new()
    {
        ["apiVersion"] = "machinelearning.seldon.io/v1",
        ["kind"] = "SeldonDeployment",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["predictors"] = new JsonArray(
                Predictor("a", "serve/canary:v1", """[{"headers": {"x-user": {"exact": "1"}}}, {"headers": {"x-user": {"regex": "beta-[0-9]+"}}}]"""),
                Predictor("b", "serve/steady:v1", """[{"headers": {"x-user": {"exact": "3"}}}]""")),
            ["defaultPredictor"] = "b",
        },
    };

    private static JsonObject Predictor(string name, string model, string matches) => new()
    {
        ["graph"] = new JsonObject { ["name"] = name, ["modelUri"] = model },
        ["componentSpecs"] = new JsonArray(new JsonObject { ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject()) } }),
        ["trafficMatchs"] = JsonNode.Parse(matches),
    };

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    // The name of the output stands in the file as it is; one of the same length leaves the rest of it valid.
    private static void RenameOutput(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory, "*.onnx", SearchOption.AllDirectories))
        {
            var file = File.ReadAllBytes(path);
            for (int at, from = 0; (at = file.AsSpan(from).IndexOf(Output)) >= 0; from += at + Output.Length)
            {
                file[from + at + Output.Length - 1] = (byte)'S';
            }

            File.WriteAllBytes(path, file);
        }
    }
}
