using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Functions.Models.Comparison;
using Klever.Models;
using Klever.Testing;

namespace Klever.Functions.Tests.Models;

/// <summary>Comparisons as Klever Model Registry answers them: names, codes and, of the CSV, each byte.</summary>
public sealed class ComparisonTests(ModelsFixture fixture) : ModelsTest(fixture)
{
    private const string Comparisons = "/api/v1alpha1/comparisons";
    private const string Document = "/api/v1alpha1/comparativedocument";

    [Fact]
    public void Document_OfNoModels_HasTheTitlesOfTheRows() => Assert.Equal(
        "\uFEFFBasic Info\nModel Name\nModel Source\nModel Framework\nModel Format\nModel Inputs\nModel Outputs\n",
        Encoding.UTF8.GetString(ComparisonDocument.Write([])));

    [Fact]
    public void Document_OfModels_IsByteForByteThatOfGo()
    {
        var folder = Path.Combine(SharedFolder.Repository, "tests", "data", "comparison");
        var models = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "models.json")))!.AsArray().Select(model => new ComparedModel(
            (string)model!["path"]!, OrmbFile.FromJson(Encoding.UTF8.GetBytes(model["ormbfile"]!.ToJsonString()))));

        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "expected.csv")), ComparisonDocument.Write([.. models]));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Compare_WithABody_AnswersInTheOrderOfTheRequest(string method)
    {
        await PutAsync(Route("compared/a"), Zip(("net.onnx", Onnx), ("ormbfile.yaml", Text("author: Ann\n"))));
        await PutAsync(Route("compared-b"), Zip(("net.onnx", Onnx)));

        using var request = Request(method, Comparisons + "?start=1&limit=1", "compared/a", "nowhere", "compared-b");
        var (status, body) = await SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"totalItems":2}""", body["metadata"]!.ToJsonString());
        var item = Assert.Single(body["items"]!.AsArray())!;
        Assert.Equal(("team/compared-b:v1", "ONNX"), ((string?)item["path"], (string?)item["metadata"]!["format"]));
        Assert.Equal("""["team/nowhere:v1"]""", body["missing"]!.ToJsonString());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Document_OverHttp_IsAFileToSave(string method)
    {
        await PutAsync(Route("compared/c"), Zip(("net.onnx", Onnx), ("ormbfile.yaml", Text("author: Ann\n"))));
        using var request = Request(method, Document, "compared/c");

        using var response = await Fixture.Http.SendAsync(request, Token);

        Assert.Equal((HttpStatusCode.OK, "application/octet-stream"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Matches("^attachment; filename=\"[0-9]{10}[.]csv\"$", response.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal(
            "\uFEFFBasic Info\nModel Name,team/compared/c:v1\nModel Source,Ann\nModel Framework,ONNX\nModel Format,ONNX\nModel Inputs,-\nModel Outputs,-\n",
            Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Token)));
    }

    [Theory]
    [InlineData("""{"models":[{"project":"team","name":"net"}]}""", "models[0].tag is missing")]
    [InlineData("""{"models":[7]}""", "models[0] is not an object")]
    [InlineData("""{"models":{}}""", "models is not a list")]
    [InlineData("[]", "not a JSON object")]
    public async Task Compare_OfSomethingElse_SaysWhatIsWrong(string json, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Comparisons) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

        var (status, body) = await SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(text, (string?)body["message"]);
    }

    private static HttpRequestMessage Request(string method, string route, params string[] models)
    {
        var body = new JsonObject
        {
            ["models"] = new JsonArray([.. models.Select(model => new JsonObject { ["project"] = "team", ["name"] = model, ["tag"] = "v1" })]),
        };
        return new HttpRequestMessage(new HttpMethod(method), route) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
    }
}
