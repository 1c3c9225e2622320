using System.Net;
using System.Net.Http.Headers;
using Klever.Testing;
using Klever.Testing.Schemas;

namespace Klever.Functions.Tests.Invoke;

/// <summary>What <c>func create -r knative/templates</c> gives builds as it is, and answers <c>func invoke</c>.</summary>
public sealed class TemplateTests : IDisposable
{
    // Of a language pack's manifest (knative/func, docs/language-packs); name only at the root.
    private static readonly string[] Keys =
        ["name", "builderImages", "buildpacks", "healthEndpoints", "buildEnvs", "runEnvs", "invoke"];

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CloudEvents_InvokedByFunc_AnswersWithAnEvent()
    {
        await using var function = await GeneratedFunction.StartAsync("cloudevents", _directory, Token);
        using var request = FuncCommand.Parse($"func invoke -f cloudevent -t {function.Http.BaseAddress}").ToRequest();
        using var structured = Content("""{"specversion":"1.0","id":"a","source":"s","type":"t","data":[1]}""", "application/cloudevents+json");
        using var twice = Content("""{"id":"a","id":"b","source":"s","type":"t"}""", "application/cloudevents+json");
        using var plain = Content("{}", "application/json");

        using var answer = await function.Http.SendAsync(request, Token);
        using var second = await function.Http.PostAsync("/", structured, Token);
        using var unreadable = await function.Http.PostAsync("/", twice, Token);
        using var none = await function.Http.PostAsync("/", plain, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["1.0", "function.answered"], [Header(answer, "ce-specversion"), Header(answer, "ce-type")]);
        Assert.Equal("""{"received":{"message":"Hello World"}}""", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(("a", """{"received":[1]}"""), (Header(second, "ce-subject"), await second.Content.ReadAsStringAsync(Token)));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (unreadable.StatusCode, none.StatusCode));
        Assert.Contains("it has no id", await none.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Http_InvokedByFunc_AnswersWithJson()
    {
        await using var function = await GeneratedFunction.StartAsync("http", _directory, Token);
        using var request = FuncCommand.Parse($"func invoke -f http -t {function.Http.BaseAddress}").ToRequest();

        using var answer = await function.Http.SendAsync(request, Token);
        using var alive = await function.Http.GetAsync(GeneratedFunction.HealthEndpoint("liveness"), Token);

        Assert.Equal("""{"received":{"message":"Hello World"}}""", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, alive.StatusCode));
    }

    [Fact]
    public void Manifests_SayWhatFuncReads()
    {
        var manifests = Directory.GetFiles(GeneratedFunction.Templates, "manifest.yaml", SearchOption.AllDirectories)
            .Select(file => YamlJson.Read(File.ReadAllText(file)).Single()).ToList();

        Assert.NotEmpty(manifests);
        Assert.All(manifests, manifest => Assert.Empty(manifest.Select(pair => pair.Key).Except(Keys)));
        Assert.Contains(manifests, manifest => (string?)manifest["builderImages"]?["pack"] is { Length: > 0 });
        Assert.Contains(manifests, manifest => (string?)manifest["invoke"] == "cloudevent");
    }

    public void Dispose() => _directory.Dispose();

    private static StringContent Content(string json, string type) => new(json, new MediaTypeHeaderValue(type));

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
