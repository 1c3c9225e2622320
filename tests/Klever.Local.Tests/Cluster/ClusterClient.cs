using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster;
using Klever.Local.Jobs;
using Klever.Testing;

namespace Klever.Local.Tests.Cluster;

/// <summary>A cluster with the ModelJob definition, and plain HTTP requests to it.</summary>
internal sealed class ClusterClient : IAsyncDisposable
{
    public const string ModelJobs = "/apis/kleveross.io/v1alpha1/namespaces/default/modeljobs";
    public const string Jobs = "/apis/batch/v1/namespaces/default/jobs";
    public const string Pods = "/api/v1/namespaces/default/pods";

    private readonly HttpClient _http;

    private ClusterClient(LocalCluster cluster)
    {
        Cluster = cluster;
        _http = new HttpClient { BaseAddress = cluster.Address };
    }

    public LocalCluster Cluster { get; }

    public HttpClient Http => _http;

    public static async Task<ClusterClient> StartAsync(Func<LocalClusterOptions, LocalClusterOptions>? configure = null)
    {
        var options = new LocalClusterOptions
        {
            DefinitionFiles = [TestDefinitions.ModelJobs],
            Pods = new PodOptions
            {
                Images = new Dictionary<string, LocalImage> { ["busybox"] = new("/bin") },
                BackoffDelay = TimeSpan.FromMilliseconds(20),
                ImageRetryDelay = TimeSpan.FromMilliseconds(50),
                MaximumPods = 4,
            },
        };
        return new ClusterClient(await LocalCluster.StartAsync(
            configure?.Invoke(options) ?? options, TestContext.Current.CancellationToken));
    }

    public async Task<(HttpStatusCode Code, JsonNode Body)> SendAsync(
        HttpMethod method, string path, JsonNode? body = null, string mediaType = "application/json", string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, mediaType);
        }

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text)! : JsonValue.Create(text));
    }

    public Task<(HttpStatusCode Code, JsonNode Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<JsonNode> CreateAsync(string collection, JsonNode body)
    {
        var (code, created) = await SendAsync(HttpMethod.Post, collection, body);
        Assert.True(code == HttpStatusCode.Created, created.ToJsonString());
        return created;
    }

    /// <summary>Reads until the condition holds; fails with the last answer after 20 seconds.</summary>
    public async Task<JsonNode> EventuallyAsync(string path, Func<JsonNode, bool> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            var (_, body) = await GetAsync(path);
            if (condition(body))
            {
                return body;
            }

            Assert.True(DateTime.UtcNow < deadline, $"{path} stayed: {body.ToJsonString()}");
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }

    public static JsonObject ModelJob(string name, JsonObject? spec = null) => new()
    {
        ["apiVersion"] = "kleveross.io/v1alpha1",
        ["kind"] = "ModelJob",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = spec ?? new JsonObject
        {
            ["model"] = "registry/library/resnet:v1",
            ["extraction"] = new JsonObject { ["format"] = "ONNX" },
        },
    };

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Cluster.DisposeAsync();
    }
}
