using System.Net;
using System.Text.Json.Nodes;
using Klever.Local.Cluster;
using Klever.Testing;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Functions.Tests.Sweep;

/// <summary>Repositories that Harbor cannot list: they cost themselves, and never those behind them.</summary>
public sealed class BrokenRepositoryTests : IAsyncLifetime
{
    private readonly WireMockServer _broker = WireMockServer.Start();
    private readonly WireMockServer _harbor = WireMockServer.Start();
    private LocalCluster? _cluster;
    private KleverApp? _app;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(202));
        Answer("/api/version", """{"version":"v2.0"}""");
        Answer("/api/v2.0/projects", """[{"name":"team"}]""");
        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { DefinitionFiles = [Path.Combine(SharedFolder.Repository, "knative/base/modeljob.crd.yaml")], Namespaces = ["default"] },
            Token);
        _app = new KleverApp(
            ("KLEVER_FUNCTIONS", "sweep"),
            ("Klever:Registry:Address", _harbor.Url!),
            ("KUBERNETES_API", _cluster.Address.ToString()),
            ("K_SINK", _broker.Url!));
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _cluster!.DisposeAsync();
        _harbor.Dispose();
        _broker.Dispose();
    }

    [Fact]
    public async Task Ping_WithTwoBrokenRepositories_SweepsAllOthers()
    {
        Repositories("a-good", "b-broken", "c-broken", "d-good");

        Assert.Equal(HttpStatusCode.NoContent, await Ping.SendAsync(_app!, Token));

        Assert.Equal(["team/a-good:v1", "team/d-good:v1"], Sent());
    }

    [Fact]
    public async Task Ping_AfterThreeBrokenRepositoriesEndedASweep_GoesOnBehindThem()
    {
        Repositories("a-broken", "b-broken", "c-broken", "d-good");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Ping.SendAsync(_app!, Token));
        Assert.Empty(Sent());
        Assert.Equal(HttpStatusCode.NoContent, await Ping.SendAsync(_app!, Token));

        Assert.Equal(["team/d-good:v1"], Sent());
    }

    [Fact]
    public async Task Plan_WithBrokenRepositories_NamesThemBesideWhatItFinds()
    {
        Repositories("a-broken", "b-broken", "c-broken", "d-good");
        using var client = _app!.CreateClient();

        var plan = JsonNode.Parse(await client.GetStringAsync("/api/v1alpha1/sweep", Token))!;

        Assert.EndsWith("/team/d-good:v1", Assert.Single(plan["items"]!.AsArray())!["model"]!.ToString().Split('@')[0]);
        Assert.Equal(["team/a-broken", "team/b-broken", "team/c-broken"], plan["passedOver"]!.AsArray().Select(problem => problem!["repository"]!.ToString()));
        Assert.Contains("500 UNKNOWN", plan["passedOver"]![0]!["reason"]!.ToString());
    }

    private List<string> Sent() => [.. _broker.LogEntries.Select(entry => entry.RequestMessage!.Headers!["ce-subject"][0])];

    private void Repositories(params string[] names)
    {
        Answer("/api/v2.0/projects/team/repositories", $"[{string.Join(',', names.Select(name => $$"""{"name":"team/{{name}}"}"""))}]");
        foreach (var name in names)
        {
            var isBroken = name.EndsWith("broken", StringComparison.Ordinal);
            Answer(
                $"/api/v2.0/projects/team/repositories/{name}/artifacts",
                isBroken ? """{"errors":[{"code":"UNKNOWN","message":"internal server error"}]}""" : $"[{Artifact}]",
                isBroken ? 500 : 200);
        }
    }

    private static string Artifact => $$$"""
        {"digest":"sha256:{{{new string('a', 64)}}}","media_type":"application/vnd.caicloud.model.config.v1alpha1+json","tags":[{"name":"v1"}],"extra_attrs":{"format":"ONNX"} }
        """;

    private void Answer(string path, string body, int status = 200) => _harbor
        .Given(Request.Create().WithPath(path)).RespondWith(Response.Create().WithStatusCode(status).WithBody(body));
}
