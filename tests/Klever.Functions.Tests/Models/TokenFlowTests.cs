using System.Buffers.Text;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Samples;
using Klever.Testing;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Types;
using WireMock.Util;

namespace Klever.Functions.Tests.Models;

/// <summary>A whole upload before a Harbor that hands out tokens: the caller's account gets them, the service's own is never shown.
/// Behind the played gate is a registry that keeps what comes through.</summary>
public sealed class TokenFlowTests : IAsyncLifetime
{
    private const string Claims = """{"access":[{"type":"repository","name":"team/bert","actions":["pull","push","delete"]}]}""";

    private static readonly string[] Passed = ["Accept", "Content-Type", "Content-Range", "Range"];
    private static readonly string Alice = Encoded("alice:secret");
    private static readonly string Service = Encoded("robot$service:service-password");
    private static readonly string Bearer = $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Claims))}.c2ln";
    private static readonly byte[] Onnx = SampleModels.Files(ModelFormat.Onnx).Single().Value;

    private readonly WireMockServer _harbor = WireMockServer.Start();
    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _gate = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly KleverApp _app;
    private InProcessRegistry? _registry;

    public TokenFlowTests() => _app = new KleverApp(
        ("Klever:Access", "Harbor"),
        ("Klever:Registry:Address", _harbor.Url!),
        ("Klever:State:Path", _directory.Combine("state.db")),
        ("SERVER_ORMB_USERNAME", "robot$service"),
        ("SERVER_ORMB_PASSWORD", "service-password"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_ThroughTheTokenFlow_IsTheCallersFromBeginningToEnd()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1alpha1/projects/team/models/bert/versions/v1/upload");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Alice);
        request.Content = new ByteArrayContent(Zip()) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };

        using var response = await _app.CreateClient().SendAsync(request, Token);

        var body = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == HttpStatusCode.Created, body);
        using var client = new RegistryClient(new RegistryOptions { Address = _registry!.Address });
        var model = await ModelArtifacts.FetchAsync(client.Repository("team/bert"), "v1", Token);
        Assert.Equal(model.Digest.ToString(), (string?)JsonNode.Parse(body)!["digest"]);
        Assert.All(AccountsAt("/service/token"), account => Assert.Equal($"Basic {Alice}", account));
        Assert.Contains(_harbor.LogEntries, entry => entry.RequestMessage!.Path == "/service/token" && ScopeOf(entry.RequestMessage).Contains("push"));
        Assert.Contains($"Bearer {Bearer}", AccountsAt("/v2/team/bert/manifests/v1"));

        // What kind of registry it is, the functions ask once and for themselves.
        Assert.DoesNotContain(
            _harbor.LogEntries.Where(entry => entry.RequestMessage!.Path != "/api/version")
                .SelectMany(entry => entry.RequestMessage!.Headers!.Values.SelectMany(values => values)),
            value => value.Contains(Service) || value.Contains("service-password"));
    }

    public async ValueTask InitializeAsync()
    {
        _registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions { RelativeLocations = true }, Token);
        Play("/api/version", """{"version":"v2.0"}""");
        Play("/api/v2.0/projects/team", """{"project_id":1,"name":"team"}""");
        Play("/service/token", $$"""{"token":"{{Bearer}}","access_token":"","expires_in":1800}""");
        _harbor.Given(Request.Create().WithPath("/v2/").WithHeader("Authorization", $"Basic {Alice}")).AtPriority(1)
            .RespondWith(Response.Create().WithBody("{}"));
        _harbor.Given(Request.Create().WithPath("/v2/team/bert/*").WithHeader("Authorization", $"Bearer {Bearer}")).AtPriority(1)
            .RespondWith(Response.Create().WithCallback(async request => await PassAsync(request)));
        _harbor.Given(Request.Create().WithPath("/v2/*")).AtPriority(2).RespondWith(Response.Create().WithCallback(Challenge));
    }

    public async ValueTask DisposeAsync()
    {
        _app.Dispose();
        _harbor.Dispose();
        _gate.Dispose();
        await (_registry?.DisposeAsync() ?? ValueTask.CompletedTask);
        _directory.Dispose();
    }

    private void Play(string path, string body) => _harbor.Given(Request.Create().WithPath(path).UsingGet()).AtPriority(1).RespondWith(
        Response.Create().WithHeader("Content-Type", "application/json").WithBody(body));

    private ResponseMessage Challenge(IRequestMessage request)
    {
        var scope = request.Path == "/v2/" ? "" : ",scope=\"repository:team/bert:pull,push\"";
        var challenge = $"Bearer realm=\"{_harbor.Url}/service/token\",service=\"harbor-registry\"{scope}";
        return new ResponseMessage { StatusCode = 401, Headers = new Dictionary<string, WireMockList<string>> { ["Www-Authenticate"] = challenge } };
    }

    private async Task<ResponseMessage> PassAsync(IRequestMessage request)
    {
        using var passed = new HttpRequestMessage(
            new HttpMethod(request.Method), new Uri(_registry!.Address, new Uri(request.AbsoluteUrl).PathAndQuery));
        passed.Content = new ByteArrayContent(request.BodyAsBytes ?? []);
        foreach (var (name, values) in request.Headers!.Where(header => Passed.Contains(header.Key)))
        {
            _ = passed.Headers.TryAddWithoutValidation(name, values) || passed.Content.Headers.TryAddWithoutValidation(name, values);
        }

        using var answer = await _gate.SendAsync(passed, Token);
        return new ResponseMessage
        {
            StatusCode = (int)answer.StatusCode,
            Headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Content-Length" or "Transfer-Encoding"))
                .ToDictionary(header => header.Key, header => new WireMockList<string>([.. header.Value])),
            BodyData = new BodyData { DetectedBodyType = BodyType.Bytes, BodyAsBytes = await answer.Content.ReadAsByteArrayAsync(Token) },
        };
    }

    private List<string> AccountsAt(string path)
    {
        var asked = _harbor.LogEntries.Where(entry => entry.RequestMessage!.Path == path).ToList();
        Assert.NotEmpty(asked);
        return [.. asked.Select(entry => entry.RequestMessage!.Headers!.TryGetValue("Authorization", out var values) ? values.Single() : "nobody")];
    }

    private static string ScopeOf(IRequestMessage request) => request.Query!.TryGetValue("scope", out var scope) ? scope.ToString() : "";

    private static string Encoded(string account) => Convert.ToBase64String(Encoding.UTF8.GetBytes(account));

    private static byte[] Zip()
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("bert/net.onnx").Open();
            entry.Write(Onnx);
        }

        return target.ToArray();
    }
}
