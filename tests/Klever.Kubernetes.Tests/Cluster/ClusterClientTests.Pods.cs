using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Kubernetes.Tests.Cluster;

// The pods of a Job and their logs.
public sealed partial class ClusterClientTests
{
    [Fact]
    public async Task PodsOfJob_AreNewestFirst()
    {
        _server.Given(Request.Create().WithPath("/api/v1/namespaces/models/pods").WithParam("labelSelector", "batch.kubernetes.io/job-name=a"))
            .RespondWith(Json(200, """
                {"items":[{"metadata":{"name":"old","creationTimestamp":"2026-01-01T00:00:00Z"}},
                          {"metadata":{"name":"new","creationTimestamp":"2026-01-02T00:00:00Z"}}]}
                """));

        var pods = await _client.PodsOfJobAsync("models", "a", Token);

        Assert.Equal(["new", "old"], pods.Select(p => p.Metadata.Name));
    }

    [Theory]
    [InlineData("{\"version\":1}\n", "{\"version\":1}")]
    [InlineData("first\nlast\r\n", "last")]
    [InlineData("", null)]
    public async Task LastLineOfLog_IsWithoutItsEnd(string log, string? line)
    {
        _server.Given(Request.Create().WithPath("/api/v1/namespaces/models/pods/p/log").WithParam("tailLines", "1").WithParam("container", "executor"))
            .RespondWith(Response.Create().WithStatusCode(200).WithBody(log));

        Assert.Equal(line, await _client.Logs.ReadLastLineAsync("models", "p", "executor", Token));
    }

    [Fact]
    public async Task Log_LongerThanItsLimit_IsCutOff()
    {
        _server.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(200).WithBody(new string('x', 500_000)));

        var log = await _client.Logs.ReadAsync("models", "p", new PodLogQuery { LimitBytes = 100 }, Token);

        Assert.Equal(new string('x', 100), log);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }
}
