using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Functions.Tests.Access;

/// <summary>Harbor decides by the caller's own credential: 401 for who it does not know, 403 for a right that is missing.</summary>
public sealed class HarborAccessTests : IDisposable
{
    private const string Route = "/api/v1alpha1/namespaces/default/servings";
    private readonly WireMockServer _harbor = WireMockServer.Start();
    private readonly KleverApp _app;

    public HarborAccessTests() => _app = new KleverApp(
        ("Klever:Access", "Harbor"),
        ("Klever:Registry:Address", _harbor.Url!),
        ("SERVER_ORMB_USERNAME", "robot$service"),
        ("SERVER_ORMB_PASSWORD", "service-password"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_WithoutACredential_IsChallenged()
    {
        using var response = await PostAsync(credential: null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Basic realm=\"harbor\"", response.Headers.WwwAuthenticate.ToString());
        Assert.Empty(_harbor.LogEntries);
    }

    [Fact]
    public async Task Post_WithAWrongPassword_IsRefused()
    {
        Answer("/v2/", 401, "{}");

        using var response = await PostAsync("alice:wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Post_WithTheRightToPullOnly_NamesTheMissingRight()
    {
        HarborWith("pull");

        using var response = await PostAsync("alice:secret");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("right to push on release/bert", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Post_WithTheRightToPush_GoesOnToTheModel()
    {
        HarborWith("pull", "push");

        using var response = await PostAsync("alice:secret");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("release/bert:v1 is not in the registry", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Post_OfAnyone_IsNeverDecidedByTheServicesOwnAccount()
    {
        HarborWith("pull");

        using var response = await PostAsync("alice:secret");

        var service = Convert.ToBase64String(Encoding.UTF8.GetBytes("robot$service:service-password"));
        Assert.DoesNotContain(
            _harbor.LogEntries,
            entry => entry.RequestMessage!.Headers!.TryGetValue("Authorization", out var values) && values.Any(value => value.Contains(service)));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Post_Twice_AsksHarborOnce()
    {
        HarborWith("pull");

        using var first = await PostAsync("alice:secret");
        using var second = await PostAsync("alice:secret");
        using var other = await PostAsync("bob:secret");

        Assert.Equal(
            [HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden],
            [first.StatusCode, second.StatusCode, other.StatusCode]);
        Assert.Equal(2, Requests("/service/token"));
        Assert.Equal(3, Requests("/v2/"));
    }

    [Fact]
    public async Task Post_AfterARefusal_AsksHarborAgain()
    {
        HarborWith();
        using var refused = await PostAsync("alice:secret");
        HarborWith("pull", "push");

        using var granted = await PostAsync("alice:secret");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, granted.StatusCode);
    }

    [Theory]
    [InlineData("robot$release+ci:s3cr:et")]
    [InlineData("müller:geheim")]
    public async Task Post_OfARobotOrAForeignName_IsPassedOnAsItIs(string credential)
    {
        HarborWith("pull", "push");

        using var response = await PostAsync(credential);

        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credential));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(_harbor.LogEntries, entry => entry.RequestMessage!.Path == "/service/token"
            && entry.RequestMessage.Headers!["Authorization"].Single() == expected);
    }

    [Fact]
    public async Task Post_WhereTheRegistryKnowsNobody_IsNotDecidedByIt()
    {
        Answer("/v2/", 200, "{}");

        using var response = await PostAsync("alice:secret");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("choose Klever:Access=Open by name.\"", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Negotiate")]
    [InlineData("Bearer service=\"harbor-registry\"")]
    public async Task Post_WhileSomethingElseAsksForTheLogin_IsNotDecided(string? challenge)
    {
        HarborWith("pull", "push");
        var anonymous = Response.Create().WithStatusCode(401);
        _harbor.Given(Request.Create().WithPath("/v2/").UsingGet()).AtPriority(2)
            .RespondWith(challenge is null ? anonymous : anonymous.WithHeader("Www-Authenticate", challenge));

        using var response = await PostAsync("alice:secret");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task Post_WhereTheRegistryHasPasswordsAndNoTokens_IsForWhomItKnows()
    {
        HarborWith("pull");
        _harbor.Given(Request.Create().WithPath("/v2/").UsingGet()).AtPriority(2)
            .RespondWith(Response.Create().WithStatusCode(401).WithHeader("Www-Authenticate", "Basic realm=\"registry\""));

        using var response = await PostAsync("alice:secret");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Theory]
    [InlineData("<html><body>502 Bad Gateway</body></html>")]
    [InlineData("[]")]
    [InlineData("{\"token\":\"a.%%%.c\"}")]
    public async Task Post_WhileTheTokenServiceIsAPage_IsAnsweredWith503(string page)
    {
        HarborWith("pull");
        _harbor.Given(Request.Create().WithPath("/service/token")).AtPriority(-1).RespondWith(Response.Create().WithBody(page));

        using var response = await PostAsync("alice:secret");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task Post_WhileHarborIsDown_IsAnsweredWith503()
    {
        _harbor.Stop();

        using var response = await PostAsync("alice:secret");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    public void Dispose()
    {
        _app.Dispose();
        _harbor.Dispose();
    }

    // As Harbor does it: Basic is taken on /v2/, the anonymous challenge names the token service, the token lists the actions.
    private void HarborWith(params string[] actions)
    {
        _harbor.Given(Request.Create().WithPath("/v2/").UsingGet()).AtPriority(2).RespondWith(Response.Create().WithStatusCode(401)
            .WithHeader("Www-Authenticate", "Bearer realm=\"https://harbor.example.com/service/token\",service=\"harbor-registry\""));
        _harbor.Given(Request.Create().WithPath("/v2/").WithHeader("Authorization", "Basic *").UsingGet()).AtPriority(1)
            .RespondWith(Response.Create().WithStatusCode(200));
        var claims = $$"""{"access":[{"type":"repository","name":"release/bert","actions":[{{string.Join(',', actions.Select(a => $"\"{a}\""))}}]}]}""";
        var token = $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";
        Answer("/service/token", 200, $$"""{"token":"{{token}}","access_token":"","expires_in":1800}""");
        Answer("/v2/release/bert/manifests/v1", 404, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"not found"}]}""");
    }

    private int Requests(string path) => _harbor.LogEntries.Count(entry => entry.RequestMessage!.Path == path);

    private void Answer(string path, int status, string body) => _harbor.Given(Request.Create().WithPath(path))
        .RespondWith(Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body));

    private async Task<HttpResponseMessage> PostAsync(string? credential)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Route)
        {
            Content = new StringContent("""{"name":"bert","model":"release/bert:v1"}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        if (credential is not null)
        {
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credential)));
        }

        return await _app.CreateClient().SendAsync(request, Token);
    }
}
