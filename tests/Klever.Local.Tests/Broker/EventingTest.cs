using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Broker;
using Klever.Local.Feed;
using Klever.Local.Tests.Cluster;
using Klever.Local.Yaml;
using Klever.Testing;

namespace Klever.Local.Tests.Broker;

/// <summary>A broker that plays the YAML of a test, between a local cluster and recorded subscribers.</summary>
internal sealed class EventingTest : IAsyncDisposable
{
    private readonly TemporaryDirectory _definitions = new();
    private readonly HttpClient _http = new();
    private LocalEventing? _eventing;

    private EventingTest(ClusterClient cluster) => Cluster = cluster;

    public ClusterClient Cluster { get; }

    public ImpatientTime Clock { get; } = new();

    public LiveFeed Feed { get; } = new(TimeProvider.System);

    public LocalEventing Eventing => _eventing!;

    public static async Task<EventingTest> StartAsync(string yaml, params (string Service, RecordingSubscriber Subscriber)[] services)
    {
        var test = new EventingTest(
            await ClusterClient.StartAsync(options => options with { Namespaces = ["default", "kube-system"] }));
        test._definitions.Write("test.yaml", yaml);
        try
        {
            test._eventing = await LocalEventing.StartAsync(
                new EventingOptions
                {
                    Definitions = [new AppliedDirectory(test._definitions.Path, "default", "default")],
                    Cluster = test.Cluster.Cluster.Address,
                    Services = services.ToDictionary(s => s.Service, s => s.Subscriber.Address),
                    Feed = test.Feed,
                    Clock = test.Clock,
                },
                TestContext.Current.CancellationToken);
        }
        catch
        {
            await test.DisposeAsync();
            throw;
        }

        return test;
    }

    /// <summary>Posts an event of that type in binary mode.</summary>
    public async Task<HttpStatusCode> SendAsync(string type, string? id = "1", string body = "{}", string broker = "default")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Eventing.Address, $"/default/{broker}"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-type", type);
        request.Headers.Add("ce-source", "/test");
        if (id is not null)
        {
            request.Headers.Add("ce-id", id);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    public async Task<HttpStatusCode> PostAsync(string path, string body = "")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri(Eventing.Address, path), content, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>The attempts as "attempt status outcome", once there are so many.</summary>
    public async Task<IEnumerable<string>> DeliveriesAsync(int count)
    {
        var deadline = DateTime.UtcNow.AddSeconds(10);
        while (true)
        {
            var text = await _http.GetStringAsync(new Uri(Eventing.Address, "/local/deliveries"), TestContext.Current.CancellationToken);
            var records = JsonNode.Parse(text)!.AsArray();
            if (records.Count >= count || DateTime.UtcNow > deadline)
            {
                return records.Select(r => $"{r!["attempt"]} {r["status"]} {r["outcome"]}");
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_eventing?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Cluster.DisposeAsync();
        _http.Dispose();
        _definitions.Dispose();
    }
}
