using System.Formats.Tar;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.Functions.Tests.Models;

/// <summary>Archives become models, whatever people pack; what cannot be one is refused with its reason and leaves nothing behind.</summary>
public sealed class UploadTests(ModelsFixture fixture) : ModelsTest(fixture)
{
    private static readonly byte[] OrmbYaml = Text("author: Ann\ndescription: of the file\nunknown: [1, 2]\n");

    public static TheoryData<string, byte[], string> Kinds => new()
    {
        { "zip", Zip(("net/net.onnx", Onnx), ("net/ormbfile.yaml", OrmbYaml)), "application/zip" },
        { "tar", Archives.Tar(("ormbfile.yaml", OrmbYaml), ("model/net.onnx", Onnx)), "application/x-tar" },
        { "gzip", Archives.Gzip(Archives.Tar(("ormbfile.yaml", OrmbYaml), ("model/net.onnx", Onnx))), "application/gzip" },
    };

    public static TheoryData<string, byte[], int, string> Refused => new()
    {
        { "slip", Zip(("../evil.onnx", Onnx)), 422, "\"..\"" },
        { "absolute", Zip(("/etc/evil.onnx", Onnx)), 422, "absolute" },
        { "windows", Zip((@"C:\evil.onnx", Onnx)), 422, "backslash" },
        { "drive", Zip(("C:/evil.onnx", Onnx)), 422, "drive letter" },
        { "twice", Zip(("model/a.onnx", Onnx), ("model/a.onnx", Onnx)), 422, "twice" },
        { "tar-symlink", Archives.TarWithLink(TarEntryType.SymbolicLink, Onnx), 422, "symbolic link" },
        { "tar-hardlink", Archives.TarWithLink(TarEntryType.HardLink, Onnx), 422, "hard link" },
        { "zip-symlink", Linked(Zip(("model/net.onnx", Onnx))), 422, "symbolic link" },
        { "two-roots", Zip(("a/net.onnx", Onnx), ("b/net.onnx", Onnx)), 422, "several root folders, such as \"a\" and \"b\"" },
        { "unknown-files", Zip(("readme.txt", Onnx)), 422, "no known format" },
        { "missing-files", Zip(("model/net.onnx", Onnx), ("ormbfile.yaml", Text("format: CaffeModel\n"))), 422, "a CaffeModel model needs *.prototxt in model/" },
        { "unknown-format", Zip(("model/net.onnx", Onnx), ("ormbfile.yaml", Text("format: GGUF\n"))), 422, "declares the format \"GGUF\"" },
        { "bad-yaml", Zip(("model/net.onnx", Onnx), ("ormbfile.yaml", Text("a: [\n"))), 422, "ormbfile" },
        { "no-archive", Text("hello, I am not an archive"), 422, "neither a zip nor a tar" },
        { "cut-off", Zip(("model/net.onnx", Onnx))[..^30], 422, "no zip directory" },
        { "lying-size", Lying(Zip(("model/net.onnx", Onnx)), 1), 422, "goes on after" },
        { "lying-checksum", LyingChecksum(Zip(("model/net.onnx", Onnx))), 422, "checksum" },
        { "gzip-damaged", Damaged(Archives.Gzip(Archives.Tar(("model/net.onnx", RandomNumberGenerator.GetBytes(5000))))), 422, "gzip" },
        { "gzip-twice", Archives.Gzip(Archives.Gzip(Archives.Tar(("model/net.onnx", Onnx)))), 422, "twice" },
        { "zip-bomb", Zip(("model/net.onnx", new byte[ModelsFixture.MaximumUnpackedBytes + 1])), 413, "at most 1000000 are taken" },
        { "many-bombs", Zip(("model/net.onnx", new byte[600_000]), ("model/more.bin", new byte[600_000])), 413, "unpacks to more than 1000000 bytes" },
        { "gzip-bomb", Archives.Gzip(new byte[ModelsFixture.MaximumUnpackedBytes + 1]), 413, "unpacks to more than 1000000 bytes" },
        { "entries", Zip([.. Enumerable.Range(0, ModelsFixture.MaximumEntries + 1).Select(i => ($"model/{i}", Array.Empty<byte>()))]), 413, "501 entries" },
        { "too-large", Zip(("model/net.onnx", RandomNumberGenerator.GetBytes(ModelsFixture.MaximumBytes + 1))), 413, "Klever:Uploads:MaximumBytes" },
        { "empty", [], 400, "empty" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Put_OfAnArchive_MakesTheSameModelOfEachKind(string kind, byte[] archive, string type)
    {
        var (status, body) = await PutAsync(Route($"kinds/{kind}"), archive, type);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal($"{Fixture.Registry.Host}/team/kinds/{kind}:v1", (string?)body["reference"]);
        Assert.Equal("ONNX", (string?)body["format"]);
        var model = await ModelArtifacts.FetchAsync(Fixture.Repository($"team/kinds/{kind}"), "v1", Token);
        Assert.Equal(model.Digest.ToString(), (string?)body["digest"]);
        Assert.Equal(model.Descriptor.Size + model.Manifest.Config.Size + model.Layer.Size, (long?)body["size"]);
        Assert.Equal(("Ann", "ONNX", "[1,2]"), (model.OrmbFile.Author, model.OrmbFile.Framework, model.OrmbFile.Get("unknown")!.ToJsonString()));
        Assert.Equal(Onnx, (await DownloadAsync($"kinds/{kind}"))["model/net.onnx"]);
        Assert.Equal(2, BlobsOf($"kinds/{kind}"));
    }

    [Fact]
    public async Task Post_OfTheFormOfKleverModelRegistry_WritesTheDescription()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("""{"modelName":"form","description":"of the form","format":"ONNX","framework":"","inputs":[{"name":"x","size":[1,3],"dtype":"float32"}],"outputs":[]}"""), "model" },
            { new ByteArrayContent(Zip(("form/net.onnx", Onnx), ("form/ormbfile.yaml", OrmbYaml))), "file", "form.zip" },
        };

        var (status, body) = await SendAsync(new HttpRequestMessage(HttpMethod.Post, Route("form")) { Content = form });

        Assert.Equal((HttpStatusCode.Created, "ONNX"), (status, (string?)body["format"]));
        var ormbFile = (await ModelArtifacts.FetchAsync(Fixture.Repository("team/form"), "v1", Token)).OrmbFile;
        Assert.Equal(("Ann", "of the form", "ONNX"), (ormbFile.Author, ormbFile.Description, ormbFile.Framework));
        Assert.Equal("""{"inputs":[{"name":"x","size":[1,3],"dType":"float32"}]}""", ormbFile.Get("signature")!.ToJsonString());
    }

    [Fact]
    public async Task Post_WithTheFileBeforeTheModel_ReadsBoth()
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Zip(("weights.bin", Onnx))), "file", "m.zip" },
            { new StringContent("""{"format":"Others"}"""), "model" },
        };

        var (status, body) = await SendAsync(new HttpRequestMessage(HttpMethod.Post, Route("turned")) { Content = form });

        Assert.Equal((HttpStatusCode.Created, "Others"), (status, (string?)body["format"]));
    }

    [Theory]
    [InlineData("nlp/en/bert", "nlp/en/bert")]
    [InlineData("nlp%2Fde%2Fbert", "nlp/de/bert")]
    [InlineData("nlp%252Ffr%252Fbert", "nlp/fr/bert")]
    [InlineData("versions%2Fbert", "versions/bert")]
    public async Task Put_OfANestedModel_IsFoundUnderItsName(string path, string name)
    {
        var (status, body) = await PutAsync(Route(path), Zip(("net.onnx", Onnx)));

        Assert.Equal((HttpStatusCode.Created, $"{Fixture.Registry.Host}/team/{name}:v1"), (status, (string?)body["reference"]));
        Assert.Equal(name, (string?)(await GetAsync($"/api/v1alpha1/projects/team/models/{path}/versions/v1")).Body["model"]);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Put_OfWhatIsNoModel_SaysWhyAndLeavesNothing(string name, byte[] archive, int expected, string text)
    {
        var (status, body) = await PutAsync(Route($"refused-{name}"), archive, "application/octet-stream");

        Assert.Equal(expected, (int)status);
        Assert.Contains(text, (string?)body["message"]);
        Assert.Null(await Fixture.Repository($"team/refused-{name}").TryResolveAsync("v1", Token));
        Assert.Equal(0, BlobsOf($"refused-{name}"));
    }

    [Fact]
    public async Task Put_OfAnUnknownFormatByQuery_IsRefusedBeforeTheBodyIsTaken()
    {
        var (status, body) = await PutAsync(Route("early") + "?format=GGUF", Zip(("net.onnx", Onnx)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.StartsWith("\"GGUF\" is not a model format; known are SavedModel, ", (string?)body["message"]);
        Assert.DoesNotContain(Fixture.Registry.Requests, request => request.Path.Contains("/early/"));
    }

    [Theory]
    [InlineData("application/json", 415, "application/zip")]
    [InlineData("application/x-www-form-urlencoded", 415, "application/zip")]
    [InlineData("multipart/form-data", 400, "boundary")]
    [InlineData("multipart/form-data; boundary=x", 400, "malformed, or broke off")]
    public async Task Post_OfAnotherBody_SaysWhatToSend(string type, int expected, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Route("bodies")) { Content = new ByteArrayContent(Text("{}")) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        var (status, body) = await SendAsync(request);

        Assert.Equal(expected, (int)status);
        Assert.Contains(text, (string?)body["message"]);
    }

    [Theory]
    [InlineData("Team", "net", "v1")]
    [InlineData("team", "Net", "v1")]
    [InlineData("team", "..%2F..%2Fetc", "v1")]
    [InlineData("team", "net", "a%2Fb")]
    [InlineData("team", "net", "v1%22")]
    [InlineData("team", "net", "v1%0d%0aX-Evil:1")]
    [InlineData("team", "net@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "v1")]
    public async Task Put_WithAnIllegalName_IsRefused(string project, string model, string version)
    {
        var (status, body) = await PutAsync(
            $"/api/v1alpha1/projects/{project}/models/{model}/versions/{version}/upload", Zip(("net.onnx", Onnx)));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("is not", (string?)body["message"]);
    }

    [Fact]
    public async Task Put_WhileTheTagIsImmutable_AsksForAnotherVersion()
    {
        Fixture.Registry.Add(new Registry.RegistryFault
        {
            When = Registry.RegistryFault.On("PUT", "/team/immutable/manifests/v1"),
            Status = 412,
            Body = """{"errors":[{"code":"PRECONDITION","message":"Failed to process request due to 'net:v1' configured as immutable."}]}""",
        });

        var (status, body) = await PutAsync(Route("immutable"), Zip(("net.onnx", Onnx)));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("upload another version", (string?)body["message"]);
    }

    [Fact]
    public async Task Put_BeyondTheQuota_IsAnsweredWith507()
    {
        Fixture.Registry.Add(new Registry.RegistryFault
        {
            When = Registry.RegistryFault.On("POST", "/team/quota/blobs/uploads/"),
            Status = 403,
            Body = """{"errors":[{"code":"DENIED","message":"adding 1 MiB of storage resource, which when updated to current usage of 10 MiB will exceed the configured upper limit of 10 MiB."}]}""",
        });

        var (status, _) = await PutAsync(Route("quota"), Zip(("net.onnx", Onnx)));

        Assert.Equal(HttpStatusCode.InsufficientStorage, status);
    }

    // External attributes of the only entry: a symbolic link made on Unix.
    private static byte[] Linked(byte[] zip)
    {
        var at = zip.AsSpan().IndexOf("PK\x01\x02"u8);
        zip[at + 5] = 3;
        zip[at + 41] = 0xa1;
        return zip;
    }

    private static byte[] Lying(byte[] zip, byte length)
    {
        var at = zip.AsSpan().IndexOf("PK\x01\x02"u8);
        (zip[22], zip[23], zip[at + 24], zip[at + 25]) = (length, 0, length, 0);
        return zip;
    }

    private static byte[] LyingChecksum(byte[] zip)
    {
        var at = zip.AsSpan().IndexOf("PK\x01\x02"u8);
        (zip[14], zip[at + 16]) = ((byte)(zip[14] ^ 1), (byte)(zip[at + 16] ^ 1));
        return zip;
    }

    private static byte[] Damaged(byte[] gzip)
    {
        gzip[^6] ^= 1;
        return gzip;
    }
}
