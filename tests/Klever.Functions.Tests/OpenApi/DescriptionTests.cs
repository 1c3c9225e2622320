using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Klever.Functions.Tests.OpenApi;

/// <summary>The description of the API holds every public route, and shows what each takes and answers.</summary>
public sealed class DescriptionTests : IDisposable
{
    private readonly KleverApp _app = new(("KLEVER_FACE", "public"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_HasASummaryAndAnExampleForEveryRoute()
    {
        var undescribed = new List<string>();
        foreach (var (route, operation) in await OperationsAsync())
        {
            var answers = operation["responses"]!.AsObject().Where(response => response.Key.StartsWith('2')).ToList();
            var isShown = answers.Any(answer => answer.Key == "204" || answer.Value!["content"] is JsonObject { Count: > 0 });
            if (operation["summary"] is null || !isShown || route.StartsWith("PUT", StringComparison.Ordinal) && operation["requestBody"] is null)
            {
                undescribed.Add(route);
            }
        }

        Assert.Empty(undescribed);
    }

    [Theory]
    [InlineData("POST /webhook")]
    [InlineData("POST /api/v1alpha1/namespaces/{ns}/modeljobs")]
    [InlineData("POST /api/v1alpha1/namespaces/{ns}/modeljobs/{name}/retry")]
    [InlineData("GET /api/v1alpha1/namespaces/{ns}/pods/{pod}/logs")]
    [InlineData("PUT /api/v1alpha1/namespaces/{ns}/servings/{name}")]
    [InlineData("PUT /api/v1alpha1/projects/{project}/models/{model}/versions/{version}/upload")]
    [InlineData("GET /api/v1alpha1/comparisons")]
    public async Task Document_HasTheRoute(string route) => Assert.Contains(route, (await OperationsAsync()).Keys);

    [Fact]
    public async Task Document_HasNoHealthEventsOrPage() => Assert.DoesNotContain(
        (await OperationsAsync()).Keys, route => route.Contains("/health") || route.Contains("/docs") || route.Contains("/events/") || route.EndsWith(" /"));

    [Fact]
    public async Task Example_OfAModelJob_IsTakenByTheRoute()
    {
        var operation = (await OperationsAsync())["POST /api/v1alpha1/namespaces/{ns}/modeljobs"];
        var example = operation["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString();
        using var client = _app.CreateClient();
        using var content = new StringContent(example, Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync("/api/v1alpha1/namespaces/models/modeljobs", content, Token);

        // It was understood: what is missing is the registry behind this app.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Theory]
    [InlineData("/docs", "text/html; charset=utf-8")]
    [InlineData("/docs/page.js", "text/javascript; charset=utf-8")]
    [InlineData("/docs/page.css", "text/css; charset=utf-8")]
    public async Task Page_IsSelfContained(string route, string type)
    {
        using var client = _app.CreateClient();

        using var answer = await client.GetAsync(route, Token);

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        Assert.DoesNotContain("//", (await answer.Content.ReadAsStringAsync(Token)).Replace("// Renders", ""), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    public void Dispose() => _app.Dispose();

    private async Task<Dictionary<string, JsonNode>> OperationsAsync()
    {
        using var client = _app.CreateClient();
        var document = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json", Token))!;
        return document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(
                operation => ($"{operation.Key.ToUpperInvariant()} {path.Key}", Operation: operation.Value!)))
            .ToDictionary(entry => entry.Item1, entry => entry.Operation);
    }
}
