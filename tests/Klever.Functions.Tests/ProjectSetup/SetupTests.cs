using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Local.Cluster;
using Klever.Testing;

namespace Klever.Functions.Tests.ProjectSetup;

/// <summary>Setting up a project, with Harbor played and the Secrets in a cluster.</summary>
public sealed class SetupTests : IAsyncLifetime
{
    private const string Webhook = "https://harbor-push.example.com/webhook";

    private readonly PlayedHarbor _harbor = new();
    private LocalCluster? _cluster;
    private ClusterClient? _client;
    private KleverApp? _app;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions
            {
                DefinitionFiles = [Path.Combine(SharedFolder.Repository, "knative/base/modeljob.crd.yaml")],
                Namespaces = ["default", "team-a"],
            },
            Token);
        _client = new ClusterClient(new ClusterOptions { Api = _cluster.Address });
        _app = App();
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _client!.Dispose();
        await _cluster!.DisposeAsync();
        _harbor.Dispose();
    }

    [Fact]
    public async Task Setup_OfANewProject_MakesAllOfIt()
    {
        var (status, report) = await SetUpAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            ["project created", "robot klever-pull created", "robot klever-push created", "webhook created", "updates present"], Outcomes(report));
        Assert.Equal(("robot$nlp+klever-pull", _harbor.Robots["robot$nlp+klever-pull"]), await SecretAsync("ormb"));
        Assert.Equal(("robot$nlp+klever-push", _harbor.Robots["robot$nlp+klever-push"]), await SecretAsync("ormb-push"));
        Assert.Equal(
            """{"name":"klever","enabled":true,"event_types":["PUSH_ARTIFACT"],"targets":[{"type":"http","address":"https://harbor-push.example.com/webhook","payload_format":"CloudEvents","auth_header":"Bearer webhook-secret-4711","skip_cert_verify":false}],"id":15}""",
            _harbor.Policies.Single().ToJsonString());
        Assert.Equal(
            ["""[{"resource":"repository","action":"pull"}]""", """[{"resource":"repository","action":"pull"},{"resource":"repository","action":"push"}]"""],
            _harbor.BodiesTo("/api/v2.0/robots").Select(body => JsonNode.Parse(body)!["permissions"]![0]!["access"]!.ToJsonString()));
        Assert.DoesNotContain("webhook-secret", report.ToJsonString());
        Assert.All(_harbor.Secrets, secret => Assert.DoesNotContain(secret, report.ToJsonString()));
    }

    [Fact]
    public async Task Setup_OnceMore_ChangesNothing()
    {
        await SetUpAsync();
        var changes = _harbor.Changes;

        var (status, report) = await SetUpAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.All(Outcomes(report), outcome => Assert.EndsWith(" present", outcome));
        Assert.Equal(changes, _harbor.Changes);
    }

    [Fact]
    public async Task Setup_OnceMore_WhereRobotsAreCalledOtherwise_ChangesNothing()
    {
        _harbor.RobotPrefix = "bot-";
        await SetUpAsync();

        var (_, report) = await SetUpAsync();

        Assert.All(Outcomes(report), outcome => Assert.EndsWith(" present", outcome));
        Assert.Equal("bot-nlp+klever-pull", (await SecretAsync("ormb")).User);
    }

    [Fact]
    public async Task Setup_AfterASecretWasLostOrChanged_GivesTheRobotAnotherOne()
    {
        await SetUpAsync();
        await _client!.Secrets.DeleteAsync("default", "ormb", Token);
        _harbor.Robots["robot$nlp+klever-push"] = "changed by hand";

        var (_, report) = await SetUpAsync();

        Assert.Equal(
            ["project present", "robot klever-pull changed", "robot klever-push changed", "webhook present", "updates present"], Outcomes(report));
        Assert.Equal(("robot$nlp+klever-pull", _harbor.Robots["robot$nlp+klever-pull"]), await SecretAsync("ormb"));
        Assert.Equal(("robot$nlp+klever-push", _harbor.Robots["robot$nlp+klever-push"]), await SecretAsync("ormb-push"));
    }

    [Fact]
    public async Task Setup_OfAPolicyThatWasBentByHand_MendsIt()
    {
        await SetUpAsync();
        _harbor.Policies[0]["enabled"] = false;
        _harbor.Policies[0]["targets"]![0]!["skip_cert_verify"] = true;

        var (_, report) = await SetUpAsync();

        Assert.Contains("webhook changed", Outcomes(report));
        Assert.True(_harbor.Policies[0]["enabled"]!.GetValue<bool>());
        Assert.True(_harbor.Policies[0]["targets"]![0]!["skip_cert_verify"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Setup_BeforeHarbor28_AsksForTheDefaultPayload()
    {
        _harbor.SupportedEvents = """{"event_type":["PUSH_ARTIFACT"],"notify_type":["http","slack"]}""";

        await SetUpAsync();

        Assert.Equal("Default", _harbor.Policies.Single()["targets"]![0]!["payload_format"]!.GetValue<string>());
    }

    [Fact]
    public async Task Setup_WithoutTheRightToCreateProjects_SaysWhatAnAdministratorDoes()
    {
        _harbor.MayCreateProjects = false;

        var (status, report) = await SetUpAsync();

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal("project refused", Outcomes(report)[0]);
        Assert.False(report["complete"]!.GetValue<bool>());
        var todo = string.Join('\n', report["todo"]!.AsArray());
        Assert.Contains("New Project, name nlp, private", todo);
        Assert.Contains("kubectl -n default create secret generic ormb --from-literal=ORMB_USERNAME='robot$nlp+klever-pull'", todo);
        Assert.Contains($"endpoint {Webhook}", todo);
        Assert.Empty(_harbor.Robots);
    }

    [Fact]
    public async Task Setup_OfSomebodyElsesProject_RefusesRobotsAndWebhookAndTouchesNoSecret()
    {
        _harbor.AddProject("nlp");
        _harbor.IsProjectAdministrator = false;

        var (status, report) = await SetUpAsync();

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal(
            ["project present", "robot klever-pull refused", "robot klever-push refused", "webhook refused", "updates present"], Outcomes(report));
        Assert.Null(await _client!.Secrets.FindAsync("default", "ormb", Token));
    }

    [Fact]
    public async Task Setup_WhereTheSecretIsAnotherProjects_LeavesItAlone()
    {
        await SetUpAsync("vision");
        var before = await SecretAsync("ormb");

        var (status, report) = await SetUpAsync();

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("robot klever-pull pending", Outcomes(report));
        Assert.Contains("holds robot$vision+klever-pull and is left alone", report["steps"]![1]!["detail"]!.GetValue<string>());
        Assert.Equal(before, await SecretAsync("ormb"));
    }

    [Fact]
    public async Task Setup_WithASecretForEachProject_KeepsThemApart()
    {
        await using var app = App(("Klever:Jobs:PullSecret", "ormb-{project}"), ("Klever:Jobs:PushSecret", "ormb-push-{project}"));

        await SetUpAsync("vision", app: app);
        var (status, _) = await SetUpAsync("nlp", app: app);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("robot$vision+klever-pull", (await SecretAsync("ormb-vision")).User);
        Assert.Equal("robot$nlp+klever-push", (await SecretAsync("ormb-push-nlp")).User);
    }

    [Fact]
    public async Task Setup_OfAProjectWithANamespaceOfItsOwn_KeepsItsAccountsThereUnderTheirNames()
    {
        await using var app = App(("Klever:Namespaces", "nlp=team-a"), ("Klever:Jobs:PullSecrets", "team-a=ormb-nlp"));

        var (status, report) = await SetUpAsync(app: app);

        Assert.Equal((HttpStatusCode.OK, "team-a"), (status, report["namespace"]!.GetValue<string>()));
        Assert.Equal("robot$nlp+klever-pull", (await SecretAsync("ormb-nlp", "team-a")).User);
        Assert.Equal("robot$nlp+klever-push", (await SecretAsync("ormb-push", "team-a")).User);
    }

    [Fact]
    public async Task Setup_WhereTheFunctionsMayNotPush_SaysWhoNeedsTheRight()
    {
        _harbor.ServiceMayPush = false;

        var (status, report) = await SetUpAsync();

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("updates pending", Outcomes(report));
        Assert.Contains("robot$klever: pull and push on repositories of nlp", report["todo"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Nlp", "", 400, "is no name of a project")]
    [InlineData("a..b", "", 400, "is no name of a project")]
    [InlineData("nlp", "?namespace=a/../b", 400, "is no name of a namespace")]
    [InlineData("nlp", "?namespace=absent", 409, "kubectl create namespace absent")]
    public async Task Setup_OfNamesThatCannotBe_SaysWhich(string project, string query, int expected, string message)
    {
        var (status, answer) = await SetUpAsync(project, query);

        Assert.Equal(expected, (int)status);
        Assert.Contains(message, answer.ToJsonString());
    }

    private KleverApp App(params (string Name, string Value)[] settings) => new(
    [
        ("Klever:Access", "Harbor"),
        ("Klever:Registry:Address", _harbor.Address.ToString()),
        ("SERVER_ORMB_USERNAME", "robot$klever"),
        ("SERVER_ORMB_PASSWORD", "service-password"),
        ("Klever:Webhook:Address", Webhook),
        ("Klever:Jobs:PushSecret", "ormb-push"),
        ("KUBERNETES_API", _cluster!.Address.ToString()),
        .. settings,
    ]);

    private async Task<(HttpStatusCode Status, JsonObject Report)> SetUpAsync(string project = "nlp", string query = "", KleverApp? app = null)
    {
        using var client = (app ?? _app!).CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(PlayedHarbor.Caller)));
        using var response = await client.PostAsync($"/api/v1alpha1/projects/{project}/setup{query}", content: null, Token);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!.AsObject());
    }

    private static List<string> Outcomes(JsonObject report) =>
        [.. report["steps"]!.AsArray().Select(step => $"{step!["name"]} {step["outcome"]}")];

    private async Task<(string User, string Password)> SecretAsync(string name, string space = "default")
    {
        var data = (await _client!.Secrets.GetAsync(space, name, Token)).Data;
        return (Encoding.UTF8.GetString(data["ORMB_USERNAME"]), Encoding.UTF8.GetString(data["ORMB_PASSWORD"]));
    }
}
