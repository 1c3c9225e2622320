using System.Net;
using System.Net.Http.Headers;
using System.Text;
using k8s.Models;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Functions.Tests.Platform;

/// <summary>Whatever the whole system does, no credential shows: not in an answer, a log, an object of the cluster or an event.</summary>
[Collection("Platform")]
public sealed class CredentialTests(PlatformFixture fixture) : IDisposable
{
    private const string PullPassword = "pull-pw-5e0c22";
    private const string CallerPassword = "caller-pw-93ab17";
    private const string Repository = "credentials/onnx";
    private const string Source = "credentials/caffe";
    private const string Target = "credentials/converted";
    private const string Serving = "credentials";

    private static readonly string[] Objects =
    [
        "apis/kleveross.io/v1alpha1/modeljobs",
        "apis/batch/v1/jobs",
        "api/v1/pods",
        "api/v1/events",
        "api/v1/configmaps",
        "apis/machinelearning.seldon.io/v1/seldondeployments",
    ];

    private readonly Models _models = new(fixture.Platform);
    private readonly HttpClient _caller = new() { DefaultRequestHeaders = { Authorization = Basic("ada", CallerPassword) } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OfTheWholeSystem_ShowsNoCredential()
    {
        await _models.Cluster.Secrets.CreateAsync("default", PullSecret(), Token);
        await PushAsync(Repository, ModelFormat.Onnx);
        await _models.WaitForEndAsync(Repository);
        await ConvertAsync();
        await ServeAsync();

        var texts = (await AnswersAsync()).Concat(await ObjectsAsync()).Concat(Logs())
            .Append((Place: "feed", Text: string.Join('\n', fixture.Platform.Feed.After(0).Select(entry => entry.ToJson().ToJsonString())))).ToList();

        var pods = texts.Single(text => text.Place == "api/v1/pods").Text;
        Assert.Contains("\"name\":\"ormb\"", pods);
        Assert.Contains(Target, texts.Single(text => text.Place == "apis/batch/v1/jobs").Text);
        Assert.Contains($"\"name\":\"{Serving}\"", texts.Single(text => text.Place == "apis/machinelearning.seldon.io/v1/seldondeployments").Text);
        Assert.Contains(texts, text => text.Place.EndsWith("harbor-agent.log", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Text.Contains("Push of", StringComparison.Ordinal));
        Assert.Empty(
            from text in texts
            from secret in Secrets()
            where text.Text.Contains(secret, StringComparison.Ordinal)
            select $"{text.Place} shows {secret}");
    }

    public void Dispose()
    {
        _caller.Dispose();
        _models.Dispose();
    }

    // As they are, and as they travel.
    private IEnumerable<string> Secrets()
    {
        string[] values = [PullPassword, CallerPassword, PlatformFixture.ServicePassword, fixture.Platform.WebhookSecret["Bearer ".Length..]];
        return values.Concat(values.Select(value => Convert.ToBase64String(Encoding.UTF8.GetBytes(value))))
            .Append(Basic("ada", CallerPassword).Parameter!)
            .Append(Basic("robot$service", PlatformFixture.ServicePassword).Parameter!)
            .Append(Basic("robot$pull", PullPassword).Parameter!);
    }

    private async Task ConvertAsync()
    {
        await PushAsync(Source, ModelFormat.CaffeModel);
        await CreateAsync(
            "modeljobs",
            $$$"""{"spec":{"model":"{{{Source}}}:v1","desiredTag":"{{{Target}}}:v1","conversion":{"mmdnn":{"from":"CaffeModel","to":"ONNX"} } } }""");
        await _models.WaitForEndAsync(Target);
    }

    // No server has to come up: the objects, and what is said of them, are what is read.
    private Task ServeAsync() => CreateAsync("servings", $$"""{"name":"{{Serving}}","model":"{{Repository}}:v1"}""");

    private async Task CreateAsync(string kind, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _caller.PostAsync(
            new Uri(fixture.Platform.Service("api"), $"/api/v1alpha1/namespaces/default/{kind}"), content, Token);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Token));
    }

    private async Task PushAsync(string repository, ModelFormat format)
    {
        using var agent = new RegistryClient(new RegistryOptions
        {
            Address = fixture.Platform.Service("harbor-agent"),
            Credential = new RegistryCredential("ada", CallerPassword),
        });
        using var files = new TemporaryDirectory();
        SampleModels.Write(format, files.Path);
        await ModelArtifacts.PushAsync(agent.Repository(repository), "v1", ModelDirectory.Open(files.Path), cancellationToken: Token);
    }

    private async Task<IEnumerable<(string Place, string Text)>> AnswersAsync()
    {
        var api = fixture.Platform.Service("api");
        var agent = fixture.Platform.Service("harbor-agent");
        (HttpMethod Method, Uri Address)[] requests =
        [
            (HttpMethod.Get, new(api, "/api/v1alpha1/namespaces/default/modeljobs")),
            (HttpMethod.Get, new(api, "/api/v1alpha1/namespaces/default/modeljobs/absent")),
            (HttpMethod.Post, new(api, "/api/v1alpha1/namespaces/default/modeljobs")),
            (HttpMethod.Get, new(api, "/api/v1alpha1/namespaces/default/servings")),
            (HttpMethod.Post, new(api, "/api/v1alpha1/namespaces/default/servings")),
            (HttpMethod.Get, new(api, "/api/v1alpha1/projects")),
            (HttpMethod.Get, new(api, "/api/v1alpha1/projects/credentials/models")),
            (HttpMethod.Post, new(api, "/api/v1alpha1/projects/credentials/setup")),
            (HttpMethod.Get, new(agent, "/v2/_catalog")),
            (HttpMethod.Get, new(agent, "/v2/credentials/onnx/manifests/absent")),
            (HttpMethod.Get, new(agent, "/v2/%2e%2e/")),
            (HttpMethod.Post, new(fixture.Platform.Service("harbor-push"), "/webhook")),
        ];
        var answers = new List<(string, string)>();
        foreach (var (method, address) in requests)
        {
            using var request = new HttpRequestMessage(method, address);
            using var response = await _caller.SendAsync(request, Token);
            answers.Add(($"{method} {address.AbsolutePath}", $"{response}\n{await response.Content.ReadAsStringAsync(Token)}"));
        }

        return answers;
    }

    private async Task<IEnumerable<(string Place, string Text)>> ObjectsAsync()
    {
        var objects = new List<(string, string)>();
        foreach (var path in Objects)
        {
            objects.Add((path, await _caller.GetStringAsync(new Uri(fixture.Platform.Cluster, path), Token)));
        }

        return objects;
    }

    private IEnumerable<(string Place, string Text)> Logs()
    {
        foreach (var file in Directory.EnumerateFiles(fixture.Directory, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".log", StringComparison.Ordinal) || file.Contains("/termination/", StringComparison.Ordinal)))
        {
            using var content = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            yield return (file, content.ReadToEnd());
        }
    }

    private static V1Secret PullSecret() => new()
    {
        ApiVersion = "v1",
        Kind = "Secret",
        Metadata = new V1ObjectMeta { Name = "ormb" },
        StringData = new Dictionary<string, string> { ["ORMB_USERNAME"] = "robot$pull", ["ORMB_PASSWORD"] = PullPassword },
    };

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
