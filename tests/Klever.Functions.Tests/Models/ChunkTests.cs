using System.Net;
using System.Security.Cryptography;
using Klever.Oci;

namespace Klever.Functions.Tests.Models;

/// <summary>Archives in chunks: in any order, again, at once, wrongly.</summary>
public sealed class ChunkTests(ModelsFixture fixture) : ModelsTest(fixture)
{
    private static readonly byte[] Weights = RandomNumberGenerator.GetBytes(9_000);
    private static readonly byte[] Archive = Zip(("net.onnx", Onnx), ("weights.bin", Weights));

    [Fact]
    public async Task Put_OfChunksInAnyOrder_AnswersWithProgressAndThenTheModel()
    {
        var chunks = Chunks(Archive, 4);

        var third = await PutChunkAsync("order", Archive, chunks[3]);
        var first = await PutChunkAsync("order", Archive, chunks[1]);
        await PutChunkAsync("order", Archive, chunks[0]);
        var last = await PutChunkAsync("order", Archive, chunks[2]);

        Assert.Equal((HttpStatusCode.Created, $"[\"0-{chunks[3].From - 1}\"]"), (third.Status, third.Body["missing"]!.ToJsonString()));
        Assert.Equal(Archive.Length, (int?)first.Body["total"]);
        Assert.Equal($"[\"0-{chunks[1].From - 1}\",\"{chunks[2].From}-{chunks[2].To}\"]", first.Body["missing"]!.ToJsonString());
        Assert.Equal((HttpStatusCode.Created, "ONNX"), (last.Status, (string?)last.Body["format"]));
        Assert.Equal(Weights, (await DownloadAsync("order"))["model/weights.bin"]);
        Assert.Equal(2, BlobsOf("order"));
    }

    [Fact]
    public async Task Put_OfAChunkThatCameBefore_ChangesNothing()
    {
        var chunks = Chunks(Archive, 2);
        await PutChunkAsync("again", Archive, chunks[0]);

        var again = await PutChunkAsync("again", Archive, chunks[0]);

        Assert.Equal((HttpStatusCode.Created, chunks[0].To + 1), (again.Status, (long?)again.Body["received"]));
        Assert.Equal(1, BlobsOf("again"));
    }

    [Fact]
    public async Task Post_OfAChunkWithAWrongFormBehindIt_LeavesNothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Route("behind"))
        {
            Content = new MultipartFormDataContent { { new ByteArrayContent(Archive[..100]), "file", "net.zip" }, { new StringContent("no JSON"), "model" } },
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Range", $"bytes 0-99/{Archive.Length}");

        var (status, _) = await SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(0, BlobsOf("behind"));
    }

    [Fact]
    public async Task Put_OfAChunkAfterTheEnd_AnswersWithTheModelAgain()
    {
        var chunks = Chunks(Archive, 2);
        await PutChunkAsync("late", Archive, chunks[0]);
        var end = await PutChunkAsync("late", Archive, chunks[1]);

        var again = await PutChunkAsync("late", Archive, chunks[1]);

        Assert.Equal((end.Status, (string?)end.Body["digest"]), (again.Status, (string?)again.Body["digest"]));
    }

    [Fact]
    public async Task Put_OfANewArchiveOfTheSameLengthAfterTheEnd_BecomesTheNewModel()
    {
        var changed = Zip(("net.onnx", Onnx), ("weights.bin", [.. Weights[..^1], (byte)(Weights[^1] ^ 1)]));
        var chunks = Chunks(Archive, 3);
        Assert.Equal(Archive.Length, changed.Length);
        await PutAllAsync("renewed", Archive, chunks);

        await PutAllAsync("renewed", changed, chunks);

        Assert.Equal(Weights[^1] ^ 1, (await DownloadAsync("renewed"))["model/weights.bin"][^1]);
    }

    [Fact]
    public async Task Put_OfAllChunksAtOnce_PushesOneModelOnce()
    {
        var chunks = Chunks(Archive, 8);

        var answers = await Task.WhenAll(chunks.Concat(chunks).Select(chunk => PutChunkAsync("parallel", Archive, chunk)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Single(answers.Select(answer => (string?)answer.Body["digest"]).OfType<string>().Distinct());
        Assert.Equal(Weights, (await DownloadAsync("parallel"))["model/weights.bin"]);
    }

    [Theory]
    [InlineData("overlap", 50, 149, "overlap bytes 0-99")]
    [InlineData("other-size", 0, 49, "overlap bytes 0-99")]
    public async Task Put_OfAChunkOverAnother_IsRefused(string model, int from, int to, string text)
    {
        await PutChunkAsync(model, Archive, (0, 99));

        var (status, body) = await PutChunkAsync(model, Archive, (from, to));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains(text, (string?)body["message"]);
        Assert.Contains("DELETE this URL", (string?)body["message"]);
        Assert.Equal(1, BlobsOf(model));
    }

    [Fact]
    public async Task Put_OfOtherContentAtTheSamePlace_IsRefused()
    {
        await PutChunkAsync("mixed", Archive, (0, 99));

        var (status, body) = await PutChunkAsync("mixed", new byte[Archive.Length], (0, 99));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("bytes 0-99 came before with other content", (string?)body["message"]);
        Assert.Equal(1, BlobsOf("mixed"));
    }

    [Fact]
    public async Task Put_WithAnotherTotal_IsRefused()
    {
        await PutChunkAsync("total", Archive, (0, 99));

        var (status, body) = await PutAsync(Route("total"), Archive[100..200], range: "bytes 100-199/5000");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains($"had {Archive.Length} bytes before, and now it has 5000", (string?)body["message"]);
    }

    [Theory]
    [InlineData("bytes 0-9", 400)]
    [InlineData("bytes 0-9/*", 400)]
    [InlineData("bytes -5-9/100", 400)]
    [InlineData("bytes 9-0/100", 400)]
    [InlineData("bytes 0-100/100", 400)]
    [InlineData("bytes 0-0/0", 400)]
    [InlineData("items 0-9/100", 400)]
    [InlineData("0-9/100", 400)]
    [InlineData("bytes 0-9/99999999999999999999", 400)]
    [InlineData("bytes 0-9/999999999", 413)]
    public async Task Put_WithAWrongRange_IsRefused(string range, int expected)
    {
        var (status, _) = await PutAsync(Route("ranges"), new byte[10], range: range);

        Assert.Equal(expected, (int)status);
        Assert.Equal(0, BlobsOf("ranges"));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(0)]
    public async Task Put_OfAChunkOfAnotherLength_IsRefused(int length)
    {
        var (status, _) = await PutAsync(Route("lengths"), new byte[length], range: "bytes 0-9/100");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(0, BlobsOf("lengths"));
    }

    [Fact]
    public async Task Put_OfTheLastChunkOfABrokenArchive_TakesEverythingOutAgain()
    {
        var broken = (byte[])Archive.Clone();
        broken.AsSpan(^40).Clear();
        var chunks = Chunks(broken, 3);

        var (status, body) = await PutAllAsync("broken", broken, chunks);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("no zip directory", (string?)body["message"]);
        Assert.Equal(0, BlobsOf("broken"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await GetAsync(Route("broken"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await PutAllAsync("broken", Archive, Chunks(Archive, 2))).Status);
    }

    [Fact]
    public async Task Delete_OfAnUpload_TakesItsChunksOutAndLetsAnotherBegin()
    {
        await PutChunkAsync("given-up", Archive, (0, 99));
        Assert.Equal(100, (long?)(await GetAsync(Route("given-up"))).Body["received"]);

        using var response = await Fixture.Http.DeleteAsync(Route("given-up"), Token);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(0, BlobsOf("given-up"));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(Route("given-up"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await PutAllAsync("given-up", Archive, Chunks(Archive, 2))).Status);
    }

    [Fact]
    public async Task Put_AfterTheRegistryCollectedAChunk_AsksForItAgain()
    {
        var chunks = Chunks(Archive, 3);
        await PutChunkAsync("collected", Archive, chunks[0]);
        await CollectAsync("team/collected");
        await PutChunkAsync("collected", Archive, chunks[1]);

        var asked = await PutChunkAsync("collected", Archive, chunks[2]);
        var end = await PutChunkAsync("collected", Archive, chunks[0]);

        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        Assert.Contains($"no longer has bytes 0-{chunks[0].To} of {Archive.Length}; send them again", (string?)asked.Body["message"]);
        Assert.Equal((HttpStatusCode.Created, "ONNX"), (end.Status, (string?)end.Body["format"]));
    }

    [Fact]
    public async Task Put_WhileTheRegistryFailsAtTheEnd_KeepsTheChunksForAnotherTry()
    {
        var chunks = Chunks(Archive, 2);
        await PutChunkAsync("passing", Archive, chunks[0]);
        Fixture.Registry.Add(new Registry.RegistryFault
        {
            When = Registry.RegistryFault.On("PUT", "/team/passing/manifests/v1"),
            Times = 2,
            Status = 503,
        });

        var failed = await PutChunkAsync("passing", Archive, chunks[1]);
        var end = await PutChunkAsync("passing", Archive, chunks[1]);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.Status);
        Assert.Equal((HttpStatusCode.Created, "ONNX"), (end.Status, (string?)end.Body["format"]));
    }

    private async Task CollectAsync(string repository)
    {
        var push = Fixture.Registry.Requests.Last(request => request.Method == "PUT" && request.Path.Contains($"/{repository}/blobs/uploads/"));
        var digest = Uri.UnescapeDataString(push.Path[(push.Path.IndexOf("digest=", StringComparison.Ordinal) + 7)..]);
        Assert.True(await Fixture.Repository(repository).TryDeleteBlobAsync(Klever.Models.Digest.Parse(digest), Token));
    }

    private async Task<(HttpStatusCode Status, System.Text.Json.Nodes.JsonObject Body)> PutAllAsync(
        string model, byte[] archive, IReadOnlyList<(int From, int To)> chunks)
    {
        var last = (HttpStatusCode.OK, new System.Text.Json.Nodes.JsonObject());
        foreach (var chunk in chunks)
        {
            last = await PutChunkAsync(model, archive, chunk);
        }

        return last;
    }

    private Task<(HttpStatusCode Status, System.Text.Json.Nodes.JsonObject Body)> PutChunkAsync(
        string model, byte[] archive, (int From, int To) chunk) =>
        PutAsync(Route(model), archive[chunk.From..(chunk.To + 1)], range: $"bytes {chunk.From}-{chunk.To}/{archive.Length}");

    private static IReadOnlyList<(int From, int To)> Chunks(byte[] archive, int count)
    {
        var size = (archive.Length + count - 1) / count;
        return [.. Enumerable.Range(0, count).Select(i => (i * size, Math.Min((i + 1) * size, archive.Length) - 1))];
    }
}
