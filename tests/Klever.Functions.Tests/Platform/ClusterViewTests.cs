using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Oci.Ormb;
using Klever.Testing;

namespace Klever.Functions.Tests.Platform;

/// <summary>A ModelJob seen through the API while it runs for real: its pods, log and events, and a second try.</summary>
[Collection("Platform")]
public sealed class ClusterViewTests(PlatformFixture fixture) : IDisposable
{
    private readonly Models _models = new(fixture.Platform);
    private readonly HttpClient _api = new() { BaseAddress = new Uri(fixture.Platform.Service("api"), "/api/v1alpha1/namespaces/default/") };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ModelJob_ThatEnded_ShowsItsPodLogAndEvents()
    {
        const string Repository = "view/bert";
        await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        var job = Assert.Single(await _models.WaitForEndAsync(Repository));

        var pods = await GetAsync($"pods?filterBy=job-name={job.Name}");
        var pod = Assert.Single(pods["items"]!.AsArray())!["metadata"]!["name"]!.GetValue<string>();
        var log = await GetAsync($"pods/{pod}/logs");
        var followed = await _api.GetStringAsync(new Uri($"pods/{pod}/logs?follow=true", UriKind.Relative), Token);
        var events = await GetAsync($"modeljobs/{job.Name}/events");

        Assert.Equal("executor", log["info"]!["containerName"]!.GetValue<string>());
        var lines = log["logs"]!.AsArray().Select(line => line!["content"]!.GetValue<string>() + "\n");
        Assert.Equal(followed, string.Concat(lines));
        Assert.NotEqual(0, events["metadata"]!["totalItems"]!.GetValue<int>());
    }

    [Fact]
    public async Task Retry_OfAFailedExtraction_DoesItOnceMore()
    {
        const string Repository = "view/damaged";
        using var directory = new TemporaryDirectory();
        directory.Write("model/net.onnx", "no model at all");
        await ModelArtifacts.PushAsync(_models.Repository(Repository), "v1", ModelDirectory.Open(directory.Path), cancellationToken: Token);
        var failed = Assert.Single(await _models.WaitForEndAsync(Repository));
        Assert.Equal(ModelJobPhases.Failed, failed.Status!.Phase);

        using var answer = await _api.PostAsync(new Uri($"modeljobs/{failed.Name}/retry", UriKind.Relative), content: null, Token);
        var anew = (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!;
        var again = Assert.Single(await _models.WaitForEndAsync(Repository));

        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Equal((failed.Name, ModelJobPhases.Failed), (again.Name, again.Status!.Phase));
        Assert.NotEqual(failed.Metadata.Uid, again.Metadata.Uid);
        Assert.Equal(again.Metadata.Uid, anew["metadata"]!["uid"]!.GetValue<string>());
    }

    [Fact]
    public async Task Retry_OfOneThatSucceeded_IsRefused()
    {
        const string Repository = "view/fine";
        await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        var job = Assert.Single(await _models.WaitForEndAsync(Repository));

        using var content = new StringContent("", Encoding.UTF8, "application/json");
        using var answer = await _api.PostAsync(new Uri($"modeljobs/{job.Name}/retry", UriKind.Relative), content, Token);

        Assert.Equal(409, (int)answer.StatusCode);
    }

    public void Dispose()
    {
        _models.Dispose();
        _api.Dispose();
    }

    private async Task<JsonNode> GetAsync(string route) =>
        JsonNode.Parse(await _api.GetStringAsync(new Uri(route, UriKind.Relative), Token))!;
}
