using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using WireMock;
using WireMock.Matchers;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Types;
using WireMock.Util;

namespace Klever.Functions.Tests.ProjectSetup;

/// <summary>Projects, robot accounts and webhook policies as Harbor keeps them, with its payloads. What an account may do is a switch.</summary>
internal sealed class PlayedHarbor : IDisposable
{
    public const string Caller = "ada:lovelace";

    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly List<string> _projects = [];
    private readonly List<JsonObject> _policies = [];
    private int _secrets;

    public PlayedHarbor()
    {
        On("/v2/", _ => Json(401, "{}").With("Www-Authenticate", $"Bearer realm=\"{_server.Url}/service/token\",service=\"harbor-registry\""), priority: 9);
        _server.Given(Request.Create().WithPath("/v2/").WithHeader("Authorization", "Basic *")).AtPriority(1)
            .RespondWith(Response.Create().WithCallback(request => Knows(request) ? Json(200, "{}") : Json(401, "{}")));
        On("/service/token", Token);
        On("/api/version", _ => Json(200, """{"version":"v2.0"}"""));
        On("/api/v2.0/projects", CreateProject, "POST");
        On("/api/v2.0/projects/*", request => _projects.Contains(Last(request))
            ? Json(200, $$"""{"project_id":7,"name":"{{Last(request)}}","metadata":{"public":"false"},"repo_count":0}""")
            : Error(MayCreateProjects ? 404 : 403, MayCreateProjects ? "NOT_FOUND" : "FORBIDDEN"), "GET", priority: 5);
        On("/api/v2.0/robots", ListRobots, "GET");
        On("/api/v2.0/robots", CreateRobot, "POST");
        On("/api/v2.0/robots/*", RenewSecret, "PATCH");
        On("/api/v2.0/projects/*/webhook/events", _ => Json(200, SupportedEvents), "GET", priority: 4);
        On("/api/v2.0/projects/*/webhook/policies", ListPolicies, "GET", priority: 4);
        On("/api/v2.0/projects/*/webhook/policies", CreatePolicy, "POST", priority: 4);
        On("/api/v2.0/projects/*/webhook/policies/*", ReplacePolicy, "PUT", priority: 3);
    }

    public Uri Address => new(_server.Url!);

    /// <summary>What the names of robots begin with (Harbor: robot_name_prefix).</summary>
    public string RobotPrefix { get; set; } = "robot$";

    public bool MayCreateProjects { get; set; } = true;

    public bool IsProjectAdministrator { get; set; } = true;

    public bool ServiceMayPush { get; set; } = true;

    public string SupportedEvents { get; set; } =
        """{"event_type":["PUSH_ARTIFACT"],"notify_type":["http","slack"],"payload_formats":[{"notify_type":"http","formats":["CloudEvents","Default"]}]}""";

    /// <summary>Full name to secret.</summary>
    public Dictionary<string, string> Robots { get; } = [];

    public IReadOnlyList<JsonObject> Policies => _policies;

    public IReadOnlyList<string> Secrets => [.. Enumerable.Range(1, _secrets).Select(Secret)];

    public int Changes => _server.LogEntries.Count(entry => entry.RequestMessage!.Method is "POST" or "PUT" or "PATCH");

    public IEnumerable<string> BodiesTo(string path) =>
        _server.LogEntries.Where(entry => entry.RequestMessage!.Path == path && entry.RequestMessage.Method == "POST").Select(entry => entry.RequestMessage!.Body!);

    public void AddProject(string name) => _projects.Add(name);

    public void Dispose() => _server.Dispose();

    private void On(string path, Func<IRequestMessage, ResponseMessage> answer, string? method = null, int priority = 2)
    {
        var request = Request.Create().WithPath(new WildcardMatcher(path));
        _server.Given(method is null ? request : request.UsingMethod(method)).AtPriority(priority).RespondWith(Response.Create().WithCallback(answer));
    }

    private bool Knows(IRequestMessage request) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(request.Headers!["Authorization"].Single()["Basic ".Length..])) is var account
        && (account is Caller or "robot$klever:service-password" || Robots.Any(robot => account == $"{robot.Key}:{robot.Value}"));

    private ResponseMessage Token(IRequestMessage request)
    {
        var repository = request.Query!["scope"].ToString().Split(':')[1];
        var actions = ServiceMayPush ? "\"pull\",\"push\"" : "\"pull\"";
        var claims = $$"""{"access":[{"type":"repository","name":"{{repository}}","actions":[{{actions}}]}]}""";
        return Json(200, $$"""{"token":"e30.{{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}}.c2ln","access_token":""}""");
    }

    private ResponseMessage CreateProject(IRequestMessage request)
    {
        if (!MayCreateProjects)
        {
            return Error(403, "FORBIDDEN");
        }

        _projects.Add(JsonNode.Parse(request.Body!)!["project_name"]!.GetValue<string>());
        return Json(201, "").With("Location", "/api/v2.0/projects/7");
    }

    private ResponseMessage ListRobots(IRequestMessage request)
    {
        Assert.Equal("Level=project,ProjectID=7", request.Query!["q"].ToString());
        var list = Robots.Keys.Select((name, i) => $$"""{"id":{{i + 1}},"name":"{{name}}","level":"project","disable":false,"expires_at":-1}""");
        return IsProjectAdministrator ? Json(200, $"[{string.Join(',', list)}]").With("X-Total-Count", $"{Robots.Count}") : Error(403, "FORBIDDEN");
    }

    private ResponseMessage CreateRobot(IRequestMessage request)
    {
        var robot = JsonNode.Parse(request.Body!)!;
        var name = $"{RobotPrefix}{robot["permissions"]![0]!["namespace"]}+{robot["name"]}";
        Robots.Add(name, Secret(++_secrets));
        return Json(201, $$"""{"id":{{Robots.Count}},"name":"{{name}}","secret":"{{Robots[name]}}","creation_time":"2026-11-27T00:00:00Z","expires_at":-1}""");
    }

    private ResponseMessage RenewSecret(IRequestMessage request)
    {
        var name = Robots.Keys.ElementAt(int.Parse(Last(request)) - 1);
        Robots[name] = Secret(++_secrets);
        return Json(200, $$"""{"secret":"{{Robots[name]}}"}""");
    }

    private ResponseMessage ListPolicies(IRequestMessage request) => IsProjectAdministrator
        ? Json(200, new JsonArray([.. _policies.Select(policy => policy.DeepClone())]).ToJsonString()).With("X-Total-Count", $"{_policies.Count}")
        : Error(403, "FORBIDDEN");

    private ResponseMessage CreatePolicy(IRequestMessage request)
    {
        var policy = JsonNode.Parse(request.Body!)!.AsObject();
        policy["id"] = 15;
        _policies.Add(policy);
        return Json(201, "");
    }

    private ResponseMessage ReplacePolicy(IRequestMessage request)
    {
        var policy = JsonNode.Parse(request.Body!)!.AsObject();
        policy["id"] = int.Parse(Last(request));
        _policies[0] = policy;
        return Json(200, "");
    }

    private static string Secret(int number) => $"Robot5ecret{number:D4}";

    private static string Last(IRequestMessage request) => request.Path.Split('/')[^1];

    private static ResponseMessage Error(int status, string code) => Json(status, $$"""{"errors":[{"code":"{{code}}","message":"{{code}}"}]}""");

    private static ResponseMessage Json(int status, string body) => new ResponseMessage
    {
        StatusCode = status,
        BodyData = new BodyData { BodyAsString = body, DetectedBodyType = BodyType.String },
    }.With("Content-Type", "application/json; charset=utf-8");
}
