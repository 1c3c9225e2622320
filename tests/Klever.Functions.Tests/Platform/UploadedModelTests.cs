using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Samples;

namespace Klever.Functions.Tests.Platform;

/// <summary>A model that came over HTTP is read like any other push, and the listing shows how far that is.</summary>
[Collection("Platform")]
public sealed class UploadedModelTests(PlatformFixture fixture) : IDisposable
{
    private readonly Models _models = new(fixture.Platform);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_OfAZip_EndsWithItsSignatureInTheListing()
    {
        using var http = new HttpClient { BaseAddress = fixture.Platform.Service("api") };
        using var archive = new ByteArrayContent(Zip());
        archive.Headers.ContentType = new MediaTypeHeaderValue("application/zip");

        using var response = await http.PutAsync("/api/v1alpha1/projects/uploaded/models/nlp/net/versions/v1/upload", archive, Token);
        response.EnsureSuccessStatusCode();
        var job = Assert.Single(await _models.WaitForEndAsync("uploaded/nlp/net"));

        var version = JsonNode.Parse(await http.GetStringAsync("/api/v1alpha1/projects/uploaded/models/nlp/net/versions/v1", Token))!;
        Assert.Equal((job.Status!.Phase, job.Name), ((string?)version["extraction"]!["phase"], (string?)version["extraction"]!["job"]));
        Assert.NotEmpty(version["signature"]!["inputs"]!.AsArray());
        Assert.NotEmpty(version["signature"]!["layers"]!.AsObject());
    }

    public void Dispose() => _models.Dispose();

    private static byte[] Zip()
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create))
        {
            foreach (var (path, content) in SampleModels.Files(ModelFormat.SavedModel))
            {
                using var entry = zip.CreateEntry($"net/{path}").Open();
                entry.Write(content);
            }
        }

        return target.ToArray();
    }
}
