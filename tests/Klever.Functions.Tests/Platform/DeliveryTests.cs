using System.Net.Http.Headers;
using System.Text;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.Tests.Platform;

/// <summary>Events come zero, one or many times, in any order; the end state is the same.</summary>
[Collection("Platform")]
public sealed class DeliveryTests(PlatformFixture fixture) : IDisposable
{
    private const int Deliveries = 50;
    private readonly Models _models = new(fixture.Platform);
    private readonly HttpClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SamePush_FiftyTimesAtOnceInEveryFormat_GivesOneModelJobAndOneJob()
    {
        const string Repository = "delivery/duplicates";
        var pushed = await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        var webhook = new Uri(fixture.Platform.Service("harbor-push"), "/webhook");

        var answers = await Task.WhenAll(Enumerable.Range(0, Deliveries).SelectMany(i => new[]
        {
            PostAsync(webhook, "application/json", HarborDefault(Repository, pushed.Digest)),
            PostAsync(webhook, "application/cloudevents+json", HarborCloudEvent(Repository, pushed.Digest, $"id-{i}")),
            PostAsync(webhook, "application/vnd.docker.distribution.events.v1+json", Notification(Repository, pushed.Digest, $"id-{i}")),
            PostAsync(fixture.Platform.Broker, "application/cloudevents+json", HarborCloudEvent(Repository, pushed.Digest, $"b-{i}")),
        }));

        Assert.All(answers, status => Assert.InRange(status, 200, 299));
        var modelJob = Assert.Single(await _models.WaitForEndAsync(Repository));
        Assert.Equal(ModelJobPhases.Succeeded, modelJob.Status!.Phase);
        var jobs = await _models.Cluster.Jobs.ListAsync("default", cancellationToken: Token);
        Assert.Single(jobs.Items, job => job.Metadata.Name == modelJob.Name);
    }

    [Fact]
    public async Task OlderDigest_FinishingAfterANewerPush_ChangesNothing()
    {
        const string Repository = "delivery/order";
        await fixture.Platform.StopFunctionAsync("job-completion");
        var older = await _models.PushAsync(Repository, "v1", ModelFormat.Onnx, "older");
        await _models.WaitForJobsAsync(Repository, 1);
        var newer = await _models.PushAsync(Repository, "v1", ModelFormat.Onnx, "newer");
        await _models.WaitForJobsAsync(Repository, 2);

        await fixture.Platform.StartFunctionAsync("job-completion", Token);
        await _models.SweepAsync();

        var jobs = await _models.WaitForEndAsync(Repository, 2);
        var after = await _models.FetchAsync(Repository, "v1");
        Assert.Equal(("newer", newer.Digest), (after.OrmbFile.Author, after.Extraction!.Source));
        var superseded = jobs.Single(job => job.Spec.Model.Contains(older.Digest.ToString()));
        Assert.Equal(ModelJobReasons.Superseded, superseded.Status!.Conditions![0].Reason);
    }

    [Fact]
    public async Task JobCompletion_StoppedWhileTheJobEnds_IsMadeUpForByTheSweep()
    {
        const string Repository = "delivery/completion-down";
        await fixture.Platform.StopFunctionAsync("job-completion");
        await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        await _models.WaitForJobsAsync(Repository, 1);

        await fixture.Platform.StartFunctionAsync("job-completion", Token);
        await _models.SweepAsync();

        await _models.WaitForEndAsync(Repository);
        Assert.True((await _models.FetchAsync(Repository, "v1")).OrmbFile.HasSignature);
    }

    [Fact]
    public async Task HarborPush_StoppedWhileThePushHappens_IsMadeUpForByTheSweep()
    {
        const string Repository = "delivery/webhook-down";
        await fixture.Platform.StopFunctionAsync("harbor-push");
        try
        {
            await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
            await _models.SweepAsync();

            await _models.WaitForEndAsync(Repository);
        }
        finally
        {
            await fixture.Platform.StartFunctionAsync("harbor-push", Token);
        }

        Assert.True((await _models.FetchAsync(Repository, "v1")).OrmbFile.HasSignature);
    }

    [Fact]
    public async Task HarborPush_StoppedWhileATagIsSet_IsMadeUpForByTheSweep()
    {
        const string Repository = "delivery/tag-behind";
        var pushed = await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        await _models.WaitForEndAsync(Repository);
        var described = await _models.FetchAsync(Repository, "v1");
        await fixture.Platform.StopFunctionAsync("harbor-push");
        try
        {
            await _models.Repository(Repository).TagAsync(pushed.Digest.ToString(), "v2", Token);
            await _models.SweepAsync();

            await Models.WaitAsync(
                async () => (await _models.FetchAsync(Repository, "v2")).Digest == described.Digest, () => "v2 names what v1 names");
        }
        finally
        {
            await fixture.Platform.StartFunctionAsync("harbor-push", Token);
        }

        Assert.Single(await _models.ModelJobsOfAsync(Repository));
    }

    public void Dispose()
    {
        _models.Dispose();
        _client.Dispose();
    }

    private async Task<int> PostAsync(Uri address, string contentType, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(contentType)),
        };
        request.Headers.TryAddWithoutValidation("Authorization", fixture.Platform.WebhookSecret);
        using var response = await _client.SendAsync(request, Token);
        return (int)response.StatusCode;
    }

    private static string Resources(string repository, Digest digest) => $$"""
        "resources":[{"digest":"{{digest}}","tag":"v1","resource_url":"hub.example.com/{{repository}}:v1"}],
        "repository":{"name":"{{repository.Split('/', 2)[1]}}","namespace":"{{repository.Split('/')[0]}}","repo_full_name":"{{repository}}","repo_type":"private"}
        """;

    private static string HarborDefault(string repository, Digest digest) => $$"""
        {"type":"PUSH_ARTIFACT","occur_at":1800000000,"operator":"robot$ci","event_data":{ {{Resources(repository, digest)}} } }
        """;

    private static string HarborCloudEvent(string repository, Digest digest, string id) => $$"""
        {"specversion":"1.0","id":"{{id}}","source":"/projects/2/webhook/policies/15","type":"harbor.artifact.pushed",
         "datacontenttype":"application/json","time":"2027-01-15T08:00:00Z","operator":"robot$ci","data":{ {{Resources(repository, digest)}} } }
        """;

    private static string Notification(string repository, Digest digest, string id) => $$"""
        {"events":[{"id":"{{id}}","timestamp":"2026-11-23T09:39:38.616962244Z","action":"push",
          "target":{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":331,"digest":"{{digest}}","repository":"{{repository}}","tag":"v1"},
          "request":{"id":"r","method":"PUT"},"actor":{},"source":{"addr":"vm:5000"} } ] }
        """;
}
