using System.Net;
using System.Security.Cryptography;
using System.Text;
using Klever.Registry;

namespace Klever.Functions.Tests.Models;

/// <summary>A zip that is written while the model is pulled; half a model is never taken for a whole one.</summary>
public sealed class DownloadTests(ModelsFixture fixture) : ModelsTest(fixture)
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Download_OfAModel_IsAZipWithTheHeadersOfKleverModelRegistry(string method)
    {
        await PutAsync(Route($"download-{method.ToLowerInvariant()}", "v1.2"), Zip(("net.onnx", Onnx), ("data/größe.bin", Text("7"))));
        using var request = new HttpRequestMessage(new HttpMethod(method), Route($"download-{method.ToLowerInvariant()}", "v1.2", "download"))
        {
            Content = method == "POST" ? new StringContent("""{"modelName":"x"}""", Encoding.UTF8, "application/json") : null,
        };

        using var response = await Fixture.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment; filename=\"v1.2.zip\"", response.Content.Headers.ContentDisposition?.ToString());
        var files = await DownloadAsync($"download-{method.ToLowerInvariant()}", "v1.2");
        Assert.Equal(["ormbfile.yaml", "model/data/größe.bin", "model/net.onnx"], files.Keys);
        Assert.Equal(Onnx, files["model/net.onnx"]);
        Assert.StartsWith("format: ONNX\nframework: ONNX\n", Encoding.UTF8.GetString(files["ormbfile.yaml"]));
    }

    [Fact]
    public async Task Download_ThenUpload_GivesTheSameModel()
    {
        var (_, first) = await PutAsync(Route("round"), Zip(("net.onnx", Onnx), ("ormbfile.yaml", Text("author: Ann\nlabels: {a: b}\n"))));
        var zip = await Fixture.Http.GetByteArrayAsync(Route("round", verb: "download"), Token);

        var (_, second) = await PutAsync(Route("round-2"), zip);

        Assert.Equal((string?)first["digest"], (string?)second["digest"]);
    }

    [Fact]
    public async Task Head_OfAModel_PullsNoLayer()
    {
        await PutAsync(Route("head"), Zip(("net.onnx", Onnx)));
        var layer = await LayerAsync("head");

        using var response = await Fixture.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, Route("head", verb: "download")), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("attachment; filename=\"v1.zip\"", response.Content.Headers.ContentDisposition?.ToString());
        Assert.DoesNotContain(Fixture.Registry.Requests, request => request.Method == "GET" && request.Path.EndsWith($"/team/head/blobs/{layer}"));
    }

    [Fact]
    public async Task Get_OfWhatTheCallerHas_IsNotSentAgain()
    {
        var (_, body) = await PutAsync(Route("known"), Zip(("net.onnx", Onnx)));
        using var request = new HttpRequestMessage(HttpMethod.Get, Route("known", verb: "download"));
        request.Headers.TryAddWithoutValidation("If-None-Match", $"\"{body["digest"]}\"");

        using var response = await Fixture.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Theory]
    [InlineData("missing", "v1", 404)]
    [InlineData("Missing", "v1", 400)]
    public async Task Get_OfWhatIsNotThere_SaysSo(string model, string version, int expected)
    {
        var (status, body) = await GetAsync(Route(model, version, "download"));

        Assert.Equal(expected, (int)status);
        Assert.NotEmpty((string?)body["message"] ?? "");
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("altered")]
    public async Task Get_OfALayerThatBreaks_EndsSoThatTheClientNotices(string damage)
    {
        var weights = RandomNumberGenerator.GetBytes(350_000);
        await PutAsync(Route(damage) + "?format=Others", Zip(("weights.bin", weights)));
        var layer = await LayerAsync(damage);
        Fixture.Registry.Add(new RegistryFault
        {
            When = RegistryFault.On("GET", $"/team/{damage}/blobs/{layer}"),
            Times = int.MaxValue,
            CutAfter = damage == "cut" ? 1000 : null,
            FlipByteAt = damage == "altered" ? 200_000 : null,
        });

        await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => Fixture.Http.GetByteArrayAsync(Route(damage, verb: "download"), Token));
    }

    private async Task<string> LayerAsync(string model) =>
        (await Fixture.Repository($"team/{model}").FetchManifestAsync("v1", Token)).Manifest!.Layers[0].Digest.ToString();
}
