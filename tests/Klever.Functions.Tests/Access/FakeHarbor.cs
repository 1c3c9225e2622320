using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Util;

namespace Klever.Functions.Tests.Access;

/// <summary>Harbor's habits around tokens: Basic is taken on <c>/v2/</c>, the anonymous challenge names the token service, and the
/// token of a repository lists what the account may do.</summary>
internal sealed class FakeHarbor : IDisposable
{
    /// <summary>The one account that it knows.</summary>
    public const string Credential = "alice:secret";

    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly Dictionary<string, string[]> _grants = [];

    public FakeHarbor()
    {
        var known = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Credential));
        _server.Given(Request.Create().WithPath("/v2/")).AtPriority(2).RespondWith(Response.Create().WithStatusCode(401)
            .WithHeader("Www-Authenticate", "Bearer realm=\"https://harbor.example.com/service/token\",service=\"harbor-registry\""));
        _server.Given(Request.Create().WithPath("/v2/").WithHeader("Authorization", known)).AtPriority(1)
            .RespondWith(Response.Create().WithStatusCode(200));
        _server.Given(Request.Create().WithPath("/service/token")).RespondWith(Response.Create().WithBody(Token));
    }

    public string Address => _server.Url!;

    public void Grant(string repository, params string[] actions) => _grants[repository] = actions;

    public void Dispose() => _server.Dispose();

    private string Token(IRequestMessage request)
    {
        var repository = request.Query!["scope"].ToString().Split(':')[1];
        var actions = new JsonArray([.. _grants.GetValueOrDefault(repository, []).Select(action => JsonValue.Create(action))]);
        var claims = new JsonObject
        {
            ["access"] = new JsonArray(new JsonObject { ["type"] = "repository", ["name"] = repository, ["actions"] = actions }),
        };
        var token = $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.c2ln";
        return new JsonObject { ["token"] = token }.ToJsonString();
    }
}
