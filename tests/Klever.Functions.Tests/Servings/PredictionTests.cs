using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Registry;
using Klever.Samples;
using Microsoft.ML.OnnxRuntime;

namespace Klever.Functions.Tests.Servings;

/// <summary>From push to prediction on one machine, and what a serving says when it does not come to that.</summary>
public sealed class PredictionTests(RunningBench bench) : IClassFixture<RunningBench>
{
    private const string Space = "default/servings";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_ServedOverTheGateway_AnswersWithTheNumbersOfOnnxRuntime()
    {
        await bench.WriteSecretAsync("default", ServingBench.Password);
        await bench.PushAsync("serve/classifier", ModelFormat.Onnx);

        var (created, _) = await bench.PostAsync(Space, Short("classifier", "serve/classifier:v1"));
        var status = await bench.WaitForReasonAsync($"{Space}/classifier", "Available");

        Assert.Equal(201, created);
        var endpoint = status["endpoints"]![0]!;
        Assert.Equal("v2", (string?)endpoint["protocol"]);
        var image = Enumerable.Range(0, 64).Select(i => i / 64f).ToArray();
        var request = endpoint["request"]!.DeepClone();
        request["inputs"]![0]!["data"] = new JsonArray([.. image.Select(v => (JsonNode)v)]);
        var answer = await InferAsync((string)endpoint["url"]!, request);
        Assert.Equal("classifier", (string?)answer["model_name"]);
        Assert.Equal("probabilities", (string?)answer["outputs"]![0]!["name"]);
        Assert.Equal(Direct(image), answer["outputs"]![0]!["data"]!.AsArray().Select(v => (float)v!));
    }

    // A tag that moved, or a cleaned-up registry: the next pod finds nothing.
    [Fact]
    public async Task Model_GoneFromTheRegistry_IsWhatTheServingSays()
    {
        await bench.WriteSecretAsync("default", ServingBench.Password);
        var pushed = await bench.PushAsync("serve/gone", ModelFormat.Onnx);
        await bench.PostAsync(Space, Short("gone", "serve/gone:v1"));
        await bench.WaitForReasonAsync($"{Space}/gone", "Available");

        await bench.Repository("serve/gone").DeleteManifestAsync(pushed.Digest, Token);
        await DeletePodsAsync("gone");

        var status = await bench.WaitForReasonAsync($"{Space}/gone", "ModelMissing");
        Assert.Contains("the model is not in the registry; push it again, or serve another one", (string?)status["message"]);
    }

    [Fact]
    public async Task Credential_ThatIsWrong_IsWhatTheServingSays()
    {
        await bench.WriteSecretAsync("other", "wrong");
        await bench.PushAsync("serve/locked", ModelFormat.Onnx);

        await bench.PostAsync("other/servings", Short("locked", "serve/locked:v1"));

        var status = await bench.WaitForReasonAsync("other/servings/locked", "CredentialRefused");
        Assert.Contains("the registry refuses the credential of the pull Secret", (string?)status["message"]);
        Assert.DoesNotContain("wrong", (string?)status["message"]);
    }

    [Fact]
    public async Task Layer_ThatIsCorrupt_IsWhatTheServingSays()
    {
        await bench.WriteSecretAsync("default", ServingBench.Password);
        var pushed = await bench.PushAsync("serve/corrupt", ModelFormat.Onnx, author: "corrupt");
        bench.Registry.Add(new RegistryFault
        {
            When = RegistryFault.On("GET", $"serve/corrupt/blobs/{pushed.Layer.Digest}"),
            Times = 1000,
            FlipByteAt = pushed.Layer.Size / 2,
        });

        await bench.PostAsync(Space, Short("corrupt", "serve/corrupt:v1"));

        var status = await bench.WaitForReasonAsync($"{Space}/corrupt", "ModelCorrupt");
        Assert.Contains("push the model again", (string?)status["message"]);
    }

    [Fact]
    public async Task Server_ThatThisMachineDoesNotHave_IsWhatTheServingSays()
    {
        await bench.WriteSecretAsync("default", ServingBench.Password);
        await bench.PushAsync("serve/saved", ModelFormat.SavedModel);

        await bench.PostAsync(Space, Short("saved", "serve/saved:v1"));

        var status = await bench.WaitForReasonAsync($"{Space}/saved", "ImagePullFailed");
        Assert.Contains("tensorflow/serving", (string?)status["message"]);
        var (code, events) = await bench.GetAsync($"{Space}/saved/events?limit=100");
        Assert.Equal(200, code);
        var reasons = events!["items"]!.AsArray().Select(e => (string?)e!["reason"]).ToList();
        Assert.Contains("SuccessfulCreate", reasons);
        Assert.Contains("Failed", reasons);
    }

    private async Task<JsonNode> InferAsync(string url, JsonNode request)
    {
        using var client = new HttpClient();
        using var body = new StringContent(request.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync(new Uri(url), body, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private async Task DeletePodsAsync(string serving)
    {
        var page = await bench.Cluster.Pods.ListAsync("default", new() { LabelSelector = $"seldon-deployment-id={serving}" }, Token);
        foreach (var pod in page.Items)
        {
            await bench.Cluster.Pods.DeleteAsync("default", pod.Metadata.Name, Token);
        }
    }

    private static float[] Direct(float[] image)
    {
        using var session = new InferenceSession(SampleModels.Files(ModelFormat.Onnx)["classifier.onnx"]);
        using var input = OrtValue.CreateTensorValueFromMemory(image, [1, 1, 8, 8]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["image"], [input], ["probabilities"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static JsonObject Short(string name, string model) => new() { ["name"] = name, ["model"] = model };
}
