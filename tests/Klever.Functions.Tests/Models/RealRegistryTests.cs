using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Klever.Oci;
using Klever.Testing;
using Klever.Testing.Registry;

namespace Klever.Functions.Tests.Models;

/// <summary>Several instances as processes before docker-registry: killed in between, and with models larger than their memory.</summary>
public sealed class RealRegistryTests : IAsyncLifetime
{
    private const string Upload = "api/v1alpha1/projects/team/models/net/versions/v1/upload?format=Others";
    private const string Download = "api/v1alpha1/projects/team/models/net/versions/v1/download";
    private const int MiB = 1024 * 1024;
    private readonly TemporaryDirectory _directory = new();
    private readonly List<FunctionsProcess> _instances = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(5) };
    private DockerRegistry? _registry;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_OfChunksByFourClientsToThreeInstancesWithOneKilled_MakesOneModel()
    {
        await StartAsync(instances: 3);
        var weights = RandomNumberGenerator.GetBytes(8 * MiB);
        var archive = File.ReadAllBytes(Pack(weights));
        var chunks = new Queue<(int From, int Length)>(Enumerable.Range(0, 32)
            .Select(i => (From: i * (archive.Length / 32), Length: i == 31 ? archive.Length - (31 * (archive.Length / 32)) : archive.Length / 32))
            .OrderBy(_ => RandomNumberGenerator.GetInt32(int.MaxValue)));
        var results = new List<JsonObject>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(client => SendAsync(client)));

        // Who the last instance was cannot be known; any chunk sent again is answered with the model.
        results.Add(await PutAsync(_instances[0], archive, (0, archive.Length / 32)));
        var digest = Assert.Single(results.Select(result => (string?)result["digest"]).OfType<string>().Distinct());
        using var client = new RegistryClient(RegistryOptions.ForHost(_registry!.Host, plainHttp: true));
        Assert.Equal(digest, (await client.Repository("team/net").ResolveAsync("v1", Token)).Digest.ToString());
        Assert.Equal(weights, await WeightsAsync(_instances[1]));

        async Task SendAsync(int client)
        {
            while (Next(client) is var (chunk, number))
            {
                if (number == 16)
                {
                    _instances[2].Kill();
                }

                await SendUntilTakenAsync(client, chunk);
            }
        }

        ((int From, int Length) Chunk, int Number)? Next(int client)
        {
            lock (chunks)
            {
                return chunks.TryDequeue(out var chunk) ? (chunk, chunks.Count) : null;
            }
        }

        async Task SendUntilTakenAsync(int client, (int From, int Length) chunk)
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    var result = await PutAsync(_instances[(client + attempt) % 3], archive, chunk);
                    lock (results)
                    {
                        results.Add(result);
                    }

                    return;
                }
                catch (HttpRequestException) when (attempt < 10)
                {
                    // The instance is gone; another one takes it.
                }
            }
        }
    }

    [Fact]
    public async Task UploadAndDownload_OfALargeModel_StayWithin150Megabytes()
    {
        await StartAsync(instances: 1);
        var archive = Pack(RandomNumberGenerator.GetBytes(200 * MiB));

        using var content = new StreamContent(File.OpenRead(archive));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using var response = await _http.PutAsync(new Uri(_instances[0].Address, Upload), content, Token);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(HashOf(archive), SHA256.HashData(await WeightsAsync(_instances[0])));

        Assert.InRange(_instances[0].PeakMegabytes, 20, 150);
    }

    public async ValueTask InitializeAsync() => _registry = await DockerRegistry.StartAsync(cancellationToken: Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        _http.Dispose();
        await (_registry?.DisposeAsync() ?? ValueTask.CompletedTask);
        _directory.Dispose();
    }

    private async Task StartAsync(int instances)
    {
        var started = await Task.WhenAll(Enumerable.Range(0, instances)
            .Select(_ => FunctionsProcess.StartAsync(_registry!.Address, _directory.Combine("state.db"), Token)));
        _instances.AddRange(started);
    }

    private string Pack(byte[] weights)
    {
        var path = _directory.Combine("net.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var entry = zip.CreateEntry("weights.bin", CompressionLevel.NoCompression).Open();
        entry.Write(weights);
        return path;
    }

    private static byte[] HashOf(string archive)
    {
        using var zip = ZipFile.OpenRead(archive);
        using var entry = zip.Entries.Single().Open();
        return SHA256.HashData(entry);
    }

    private async Task<JsonObject> PutAsync(FunctionsProcess instance, byte[] archive, (int From, int Length) chunk)
    {
        using var content = new ByteArrayContent(archive, chunk.From, chunk.Length);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        content.Headers.ContentRange = new ContentRangeHeaderValue(chunk.From, chunk.From + chunk.Length - 1, archive.Length);
        using var response = await _http.PutAsync(new Uri(instance.Address, Upload), content, Token);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!.AsObject();
        return response.StatusCode == HttpStatusCode.Created ? body : throw new HttpRequestException(body.ToJsonString());
    }

    private async Task<byte[]> WeightsAsync(FunctionsProcess instance)
    {
        var path = _directory.Combine("downloaded.zip");
        await using (var file = File.Create(path))
        await using (var body = await _http.GetStreamAsync(new Uri(instance.Address, Download), Token))
        {
            await body.CopyToAsync(file, Token);
        }

        using var zip = ZipFile.OpenRead(path);
        await using var entry = zip.GetEntry("model/weights.bin")!.Open();
        var weights = new byte[zip.GetEntry("model/weights.bin")!.Length];
        await entry.ReadExactlyAsync(weights, Token);
        return weights;
    }
}
