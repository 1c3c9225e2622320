using System.Net;
using System.Text;

namespace Klever.Functions.Tests.HarborPush;

public sealed class WebhookTests : IDisposable
{
    private readonly KleverApp _app = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer wrong")]
    [InlineData("bearer webhook-secret-4711")]
    [InlineData("webhook-secret-4711")]
    [InlineData("Bearer webhook-secret-4711,Bearer webhook-secret-4711")]
    public async Task Post_WithoutTheSecret_IsRefused(string? authorization)
    {
        using var response = await PostAsync(authorization, "application/json", """{"type":"PUSH_ARTIFACT"}""");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer realm=\"klever\"", response.Headers.WwwAuthenticate.ToString());
        Assert.DoesNotContain("webhook-secret", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("application/json", """{"type":"PULL_ARTIFACT","occur_at":1,"event_data":{}}""", HttpStatusCode.Accepted)]
    [InlineData("application/json", """{"type":"PUSH_ARTIFACT","occur_at":1,"event_data":{}}""", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest)]
    [InlineData("text/plain", "hello", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/vnd.docker.distribution.events.v1+json", "{", HttpStatusCode.Accepted)]
    [InlineData("application/vnd.docker.distribution.events.v1+json", """{"events":[]}""", HttpStatusCode.Accepted)]
    public async Task Post_WithTheSecret_IsAnsweredByWhatTheSenderDoesNext(string contentType, string body, HttpStatusCode expected)
    {
        using var response = await PostAsync(KleverApp.WebhookSecret, contentType, body);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("Bearer one", HttpStatusCode.Accepted)]
    [InlineData("Bearer two", HttpStatusCode.Accepted)]
    [InlineData("Bearer three", HttpStatusCode.Unauthorized)]
    public async Task Post_DuringARotation_TakesBothSecrets(string authorization, HttpStatusCode expected)
    {
        using var app = new KleverApp(
            ("Klever:Webhook:Authorization", ""),
            ("Klever:Webhook:Authorization:0", "Bearer one"),
            ("Klever:Webhook:Authorization:1", "Bearer two"));
        using var request = Request(authorization, "application/json", """{"type":"PULL_ARTIFACT","event_data":{}}""");

        using var response = await app.CreateClient().SendAsync(request, Token);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public void Start_WithoutASecret_IsRefused()
    {
        using var app = new KleverApp(("Klever:Webhook:Authorization", ""));

        var exception = Assert.Throws<InvalidOperationException>(() => app.CreateClient());

        Assert.StartsWith("Klever:Webhook:Authorization is not set", exception.Message);
    }

    public void Dispose() => _app.Dispose();

    private async Task<HttpResponseMessage> PostAsync(string? authorization, string contentType, string body)
    {
        using var request = Request(authorization, contentType, body);
        return await _app.CreateClient().SendAsync(request, Token);
    }

    private static HttpRequestMessage Request(string? authorization, string contentType, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhook")
        {
            Content = new StringContent(body, Encoding.UTF8, contentType),
        };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return request;
    }
}
