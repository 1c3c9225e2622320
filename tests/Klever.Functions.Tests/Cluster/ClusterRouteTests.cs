using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Functions.Tests.Access;

namespace Klever.Functions.Tests.Cluster;

/// <summary>Pods and events as Klever Model Registry shows them, to who may see them, and without a credential anywhere.</summary>
public sealed class ClusterRouteTests(ClusterRouteTests.Fixture fixture) : IClassFixture<ClusterRouteTests.Fixture>
{
    private const string Space = "/api/v1alpha1/namespaces/default";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "extract-bert-x1 bert-a-0")]
    [InlineData("?filterBy=seldon-app:bert-a", "bert-a-0")]
    [InlineData("?filterBy=seldon-app=bert-a,seldon-deployment-id:bert", "bert-a-0")]
    [InlineData("?filterBy=kleveross.io/modeljob=extract-cat", "")]
    [InlineData("?filterBy=app=x", "")]
    public async Task Pods_AreThoseOfModelsThatTheCallerMayPull(string query, string names)
    {
        var list = JsonNode.Parse(await GetAsync($"{Space}/pods{query}"))!;

        Assert.Equal(("PodList", "v1"), (list["kind"]!.GetValue<string>(), list["apiVersion"]!.GetValue<string>()));
        Assert.Equal(names, string.Join(' ', list["items"]!.AsArray().Select(pod => pod!["metadata"]!["name"]!.GetValue<string>())));
    }

    [Fact]
    public async Task ModelJobs_AreThoseOfModelsThatTheCallerMayPull()
    {
        var list = JsonNode.Parse(await GetAsync($"{Space}/modeljobs"))!;

        Assert.Equal("extract-bert", Assert.Single(list["items"]!.AsArray())!["metadata"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Get_OfAPodThatWorksForAnotherRegistryToo_SaysWhoDecides()
    {
        using var answer = await SendAsync($"{Space}/pods/mixed-a-0/logs", FakeHarbor.Credential);

        Assert.Contains(
            "Pod mixed-a-0 works for something that is not a model of the registry", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pods_WhereAccessIsOpen_AreAllThatWorkForAnything()
    {
        using var cluster = new FakeCluster();
        await using var app = new KleverApp(("KUBERNETES_API", cluster.Address));
        using var client = app.CreateClient();

        var list = JsonNode.Parse(await client.GetStringAsync(new Uri($"{Space}/pods", UriKind.Relative), Token))!;

        var names = list["items"]!.AsArray().Select(pod => pod!["metadata"]!["name"]!.GetValue<string>()).ToList();
        Assert.Equal(7, names.Count);
        Assert.DoesNotContain("somebody-else", names);
    }

    [Fact]
    public async Task Pods_ShowContainersAndState()
    {
        var pod = JsonNode.Parse(await GetAsync($"{Space}/pods?filterBy=seldon-app=bert-a"))!["items"]![0]!;

        Assert.Equal(
            """[{"name":"executor","image":"klever:1","env":[{"name":"ORMB_PASSWORD"},{"name":"FORMAT"}]}]""",
            pod["spec"]!["containers"]!.ToJsonString());
        Assert.Equal("Running", pod["status"]!["phase"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/pods")]
    [InlineData("/modeljobs")]
    [InlineData("/modeljobs/extract-bert")]
    [InlineData("/modeljobs/extract-bert/events")]
    public async Task Answers_HoldNoCredential(string route)
    {
        var answer = await GetAsync(Space + route);

        Assert.Contains("bert", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeCluster.Password, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/modeljobs/extract-bert/events", "Pulled Created")]
    [InlineData("/modeljobs/extract-bert/events?start=1&limit=1", "Created")]
    public async Task Events_AreThoseOfTheObjectAndItsPods(string route, string reasons)
    {
        var list = JsonNode.Parse(await GetAsync(Space + route))!;

        Assert.Equal(reasons, string.Join(' ', list["items"]!.AsArray().Select(item => item!["reason"]!.GetValue<string>())));
        Assert.Equal(2, list["metadata"]!["totalItems"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("alice:secret", "/pods/extract-cat-x1/logs", 403)]
    [InlineData("alice:secret", "/modeljobs/extract-cat", 403)]
    [InlineData("alice:secret", "/modeljobs/extract-cat/events", 403)]
    [InlineData("alice:secret", "/modeljobs/extract-foreign", 403)]
    [InlineData("alice:secret", "/modeljobs/extract-foreign/events", 403)]
    [InlineData("alice:secret", "/pods/extract-foreign-x1/logs", 403)]
    [InlineData("alice:secret", "/pods/foreign-a-0/logs", 403)]
    [InlineData("alice:secret", "/pods/mixed-a-0/logs", 403)]
    [InlineData("alice:secret", "/pods/explained-a-0/logs", 403)]
    [InlineData("alice:secret", "/modeljobs/absent/events", 404)]
    [InlineData("alice:secret", "/pods/somebody-else/logs", 404)]
    [InlineData(null, "/pods", 401)]
    [InlineData(null, "/pods/absent/logs", 401)]
    [InlineData(null, "/modeljobs", 401)]
    [InlineData(null, "/modeljobs/absent", 401)]
    [InlineData(null, "/modeljobs/absent/events", 401)]
    [InlineData("alice:wrong", "/pods", 401)]
    public async Task Get_WithoutTheRight_IsRefused(string? credential, string route, int status)
    {
        using var answer = await SendAsync(Space + route, credential);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 401, answer.Headers.WwwAuthenticate.Count == 1);
        Assert.NotEmpty(JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!["message"]!.GetValue<string>());
    }

    private async Task<string> GetAsync(string route)
    {
        using var answer = await SendAsync(route, FakeHarbor.Credential);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text;
    }

    private async Task<HttpResponseMessage> SendAsync(string route, string? credential)
    {
        using var client = fixture.App.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, route);
        if (credential is not null)
        {
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credential)));
        }

        return await client.SendAsync(request, Token);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        private readonly FakeHarbor _harbor = new();
        private readonly FakeCluster _cluster = new();

        public Fixture()
        {
            _harbor.Grant("release/bert", "pull", "push");
            App = new KleverApp(
                ("Klever:Access", "Harbor"), ("Klever:Registry:Address", _harbor.Address), ("KUBERNETES_API", _cluster.Address));
        }

        internal KleverApp App { get; }

        // The first request compiles three servers; on a busy machine that may take longer than a request may.
        public async ValueTask InitializeAsync()
        {
            using var client = App.CreateClient();
            client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(FakeHarbor.Credential)));
            var waited = System.Diagnostics.Stopwatch.StartNew();
            while ((await client.GetAsync(new Uri(Space + "/pods", UriKind.Relative))).StatusCode != HttpStatusCode.OK && waited.Elapsed < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            _cluster.Dispose();
            _harbor.Dispose();
        }
    }
}
