using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Samples;

namespace Klever.Functions.Tests.Models;

/// <summary>What tests of the models' routes do again and again.</summary>
public abstract class ModelsTest(ModelsFixture fixture)
{
    protected static readonly byte[] Onnx = SampleModels.Files(ModelFormat.Onnx).Single().Value;

    protected ModelsFixture Fixture => fixture;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static string Route(string model, string version = "v1", string verb = "upload") =>
        $"/api/v1alpha1/projects/team/models/{model}/versions/{version}/{verb}";

    protected static byte[] Zip(params (string Path, byte[] Content)[] files)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create))
        {
            foreach (var (path, content) in files)
            {
                using var entry = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return target.ToArray();
    }

    protected static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    protected async Task<(HttpStatusCode Status, JsonObject Body)> PutAsync(
        string route, byte[] archive, string type = "application/zip", string? range = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, route) { Content = new ByteArrayContent(archive) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (range is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Range", range);
        }

        return await SendAsync(request);
    }

    protected async Task<(HttpStatusCode Status, JsonObject Body)> GetAsync(string route) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Get, route));

    protected async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(HttpRequestMessage request)
    {
        using var response = await fixture.Http.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        return (response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }

    protected async Task<Dictionary<string, byte[]>> DownloadAsync(string model, string version = "v1")
    {
        using var zip = new ZipArchive(new MemoryStream(await fixture.Http.GetByteArrayAsync(Route(model, version, "download"), Token)));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = entry.Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            return copy.ToArray();
        });
    }

    /// <summary>Blobs of the repository that no test asked for: what is staged, and what is half done.</summary>
    protected int BlobsOf(string model)
    {
        var pushed = fixture.Registry.Requests.Count(request =>
            request.Method == "PUT" && request.Path.Contains($"/{model}/blobs/uploads/") && request.Status == 201);
        var deleted = fixture.Registry.Requests.Count(request =>
            request.Method == "DELETE" && request.Path.Contains($"/{model}/blobs/sha256:") && request.Status == 202);
        return pushed - deleted;
    }
}
