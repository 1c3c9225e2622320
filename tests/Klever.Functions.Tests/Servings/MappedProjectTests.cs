using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.Functions.Tests.Servings;

/// <summary>Over REST and by events, a project that <c>Klever:Namespaces</c> maps stays in its namespace.</summary>
public sealed class MappedProjectTests(MappedBench bench) : IClassFixture<MappedBench>
{
    [Theory]
    [InlineData("default", "mapped/m", "mapped/m is not worked on in namespace default; its project has other (Klever:Namespaces).")]
    [InlineData("other", "free/m", "free/m is not worked on in namespace other; its project has default (Klever:Namespaces).")]
    public async Task Request_InAnotherNamespace_IsRefused(string space, string repository, string message)
    {
        await bench.PushAsync(repository, ModelFormat.Pmml);

        var serving = await bench.PostAsync($"{space}/servings", Serving("away", repository));
        var modelJob = await bench.PostAsync($"{space}/modeljobs", Extraction(repository));

        Assert.All([serving, modelJob], answer => Assert.Equal((403, message), (answer.Status, (string?)answer.Body!["message"])));
    }

    [Theory]
    [InlineData("other", "mapped/m", "ormb-other")]
    [InlineData("default", "free/m", "ormb")]
    public async Task Serving_InItsNamespace_PullsWithTheSecretThere(string space, string repository, string secret)
    {
        await bench.PushAsync(repository, ModelFormat.Pmml);

        var (status, serving) = await bench.PostAsync($"{space}/servings", Serving("home", repository));

        Assert.Equal((201, secret), (status, PullSecret(serving!)));
    }

    [Fact]
    public async Task Event_WithoutANamespace_ServesInThatOfTheProject()
    {
        await bench.PushAsync("mapped/m", ModelFormat.Pmml);

        using var response = await bench.SendEventAsync(Serving("by-event", "mapped/m").ToJsonString());

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(200, (await bench.GetAsync("other/servings/by-event")).Status);
        Assert.Equal(404, (await bench.GetAsync("default/servings/by-event")).Status);
    }

    private static JsonObject Serving(string name, string repository) => new() { ["name"] = name, ["model"] = $"{repository}:v1" };

    private static JsonObject Extraction(string repository) => new()
    {
        ["spec"] = new JsonObject { ["model"] = $"{repository}:v1", ["extraction"] = new JsonObject { ["format"] = "PMML" } },
    };

    private static string? PullSecret(JsonNode serving) =>
        (string?)serving["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["spec"]!["initContainers"]![0]!["env"]![0]!["valueFrom"]!["secretKeyRef"]!["name"];
}
