using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Klever.Functions.Tests.Events;

public sealed class EventEndpointTests : IDisposable
{
    private readonly KleverApp _app = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/events/harbor-push")]
    public async Task Post_OfATypeThatNobodyTakes_IsAcknowledged(string path)
    {
        using var request = Binary(path, "boson.fn");

        using var response = await _app.CreateClient().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/x"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","type":"harbor.artifact.pushed","source":"/x","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Post_OfAMalformedEvent_IsRefusedForGood(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/cloudevents+json");

        using var response = await _app.CreateClient().PostAsync("/", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Post_OfAPlainDocument_SaysWhatIsExpected()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");

        using var response = await _app.CreateClient().PostAsync("/", content, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("ce-specversion", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Post_WhileTheRegistryIsDown_AsksForRedelivery()
    {
        using var request = Binary("/", "harbor.artifact.pushed");
        request.Content = new StringContent(
            $$$"""{"resources":[{"digest":"sha256:{{{new string('a', 64)}}}","tag":"v1"}],"repository":{"repo_full_name":"a/b"}}""",
            new MediaTypeHeaderValue("application/json"));

        using var response = await _app.CreateClient().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task Post_OnThePublicFace_FindsNoEventEndpoint()
    {
        using var app = new KleverApp(("KLEVER_FACE", "public"));
        using var request = Binary("/events/model-jobs", "dev.knative.apiserver.resource.add");

        using var response = await app.CreateClient().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Post_ToAFunctionThatIsNotSelected_FindsNothing()
    {
        using var app = new KleverApp(("KLEVER_FUNCTIONS", "model-jobs"));
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");

        using var response = await app.CreateClient().PostAsync("/webhook", content, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    public void Dispose() => _app.Dispose();

    private static HttpRequestMessage Binary(string path, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", "1");
        request.Headers.Add("ce-source", "/test");
        request.Headers.Add("ce-type", type);
        return request;
    }
}
