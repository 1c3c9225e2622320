using System.Net;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Functions.Tests.Hosting;

public sealed class ReadinessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readiness_WithADaprStore_WaitsForTheOutboundHealthOfTheSidecar()
    {
        using var sidecar = WireMockServer.Start();
        Answer(sidecar, 500);
        await using var app = new KleverApp(("Klever:State:DaprStore", "klever-state"), ("DAPR_HTTP_ENDPOINT", sidecar.Url!));
        using var client = app.CreateClient();

        using var early = await client.GetAsync("/health/readiness", Token);
        Answer(sidecar, 204);
        await Platform.Models.WaitAsync(
            async () => (await client.GetAsync("/health/readiness", Token)).IsSuccessStatusCode,
            () => $"readiness; the sidecar was asked for {string.Join(", ", sidecar.LogEntries.Select(entry => entry.RequestMessage!.Path))}");
        using var alive = await client.GetAsync("/health/liveness", Token);
        Answer(sidecar, 500);
        using var later = await client.GetAsync("/health/readiness", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        Assert.Contains("Dapr sidecar is not ready", await early.Content.ReadAsStringAsync(Token));
        Assert.All([alive, later], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Readiness_WithoutADaprStore_AsksNobody()
    {
        await using var app = new KleverApp(("DAPR_HTTP_ENDPOINT", "http://127.0.0.1:9"));
        using var client = app.CreateClient();

        using var ready = await client.GetAsync("/health/readiness", Token);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    private static void Answer(WireMockServer sidecar, int status)
    {
        sidecar.Reset();
        sidecar.Given(Request.Create().WithPath("/v1.0/healthz/outbound")).RespondWith(Response.Create().WithStatusCode(status));
    }
}
