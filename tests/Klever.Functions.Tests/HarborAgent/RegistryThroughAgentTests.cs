using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Samples;
using Klever.Testing;
using Klever.Testing.Registry;

namespace Klever.Functions.Tests.HarborAgent;

/// <summary>The real registry, with passwords, seen through the agent by skopeo and by plain HTTP.</summary>
public sealed class RegistryThroughAgentTests : IAsyncLifetime
{
    private const string Account = $"{DockerRegistry.User}:{DockerRegistry.Password}";

    private DockerRegistry? _registry;
    private AgentServer? _agent;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _registry = await DockerRegistry.StartAsync(new DockerRegistryOptions { RequirePassword = true }, Token);
        _agent = new AgentServer(_registry.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _agent?.Dispose();
        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }
    }

    [Fact]
    public async Task Skopeo_CopiesAModelInAndOut_WithTheSameDigest()
    {
        ExternalProgram.Skopeo.Require();
        using var directory = new TemporaryDirectory();
        var pushed = await PushAsync("team/model");

        await ExternalProgram.Skopeo.SucceedAsync(
            "copy", "--src-tls-verify=false", "--src-creds", Account, $"docker://{_agent!.Host}/team/model:v1", $"oci:{directory.Path}/out:v1");
        await ExternalProgram.Skopeo.SucceedAsync(
            "copy", "--dest-tls-verify=false", "--dest-creds", Account, $"oci:{directory.Path}/out:v1", $"docker://{_agent.Host}/team/deep/copy:v2");

        var copied = await ExternalProgram.Skopeo.SucceedAsync(
            "inspect", "--raw", "--tls-verify=false", "--creds", Account, $"docker://{_agent.Host}/team/deep/copy:v2");
        Assert.Equal(pushed.Digest.ToString(), "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(copied))));
    }

    [Fact]
    public async Task Skopeo_ListsAndDeletes_WhatItSeesThroughTheAgent()
    {
        ExternalProgram.Skopeo.Require();
        await PushAsync("team/model");

        var tags = await ExternalProgram.Skopeo.SucceedAsync("list-tags", "--tls-verify=false", "--creds", Account, $"docker://{_agent!.Host}/team/model");
        await ExternalProgram.Skopeo.SucceedAsync("delete", "--tls-verify=false", "--creds", Account, $"docker://{_agent.Host}/team/model:v1");

        Assert.Equal(["v1"], JsonNode.Parse(tags)!["Tags"]!.AsArray().Select(tag => (string)tag!));
        var (code, _, error) = await ExternalProgram.Skopeo.RunAsync(
            "inspect", "--raw", "--tls-verify=false", "--creds", Account, $"docker://{_agent.Host}/team/model:v1");
        Assert.NotEqual(0, code);
        Assert.Contains("manifest unknown", error);
    }

    [Fact]
    public async Task Skopeo_WithAWrongPassword_IsToldSo()
    {
        ExternalProgram.Skopeo.Require();
        var (code, _, error) = await ExternalProgram.Skopeo.RunAsync(
            "inspect", "--raw", "--tls-verify=false", "--creds", "tester:wrong", $"docker://{_agent!.Host}/team/model:v1");

        Assert.NotEqual(0, code);
        Assert.Contains("unauthorized", error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Catalog_ThroughTheAgent_IsTheRegistrys()
    {
        await PushAsync("team/a");
        await PushAsync("team/b");
        using var client = Client();

        using var first = await client.GetAsync("v2/_catalog?n=1", Token);

        Assert.Equal("""{"repositories":["team/a"]}""", (await first.Content.ReadAsStringAsync(Token)).Trim());
        Assert.Equal("</v2/_catalog?last=team%2Fa&n=1>; rel=\"next\"", first.Headers.GetValues("Link").Single());
    }

    [Fact]
    public async Task Head_OfAManifest_HasItsTypeLengthAndDigestAndNoBody()
    {
        var pushed = await PushAsync("team/model");
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Head, "v2/team/model/manifests/v1");
        request.Headers.Accept.ParseAdd(pushed.Descriptor.MediaType);

        using var response = await client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(pushed.Descriptor.MediaType, response.Content.Headers.ContentType!.ToString());
        Assert.Equal(pushed.Descriptor.Size, response.Content.Headers.ContentLength);
        Assert.Equal(pushed.Digest.ToString(), response.Headers.GetValues("Docker-Content-Digest").Single());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Range_OfALayer_IsThePartThatWasAskedFor()
    {
        var pushed = await PushAsync("team/model");
        using var client = Client();
        var path = $"v2/team/model/blobs/{pushed.Layer.Digest}";
        var whole = await client.GetByteArrayAsync(path, Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(10, 29) } };

        using var response = await client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal($"bytes 10-29/{whole.Length}", response.Content.Headers.ContentRange!.ToString());
        Assert.Equal(whole[10..30], await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_BeyondTheLimitsOfTheServer_ArrivesAsItWasSent(bool chunked)
    {
        var content = new byte[40 * 1024 * 1024];
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
        using var client = Client();

        using var begun = await client.PostAsync("v2/team/model/blobs/uploads", content: null, Token);
        var location = begun.Headers.Location!;
        using var body = new ByteArrayContent(content);
        using var put = new HttpRequestMessage(chunked ? HttpMethod.Patch : HttpMethod.Put, chunked ? location : new Uri($"{location}&digest={digest}"))
        {
            Content = body,
            Headers = { TransferEncodingChunked = chunked },
        };
        using var sent = await client.SendAsync(put, Token);
        using var ended = chunked ? await client.PutAsync(new Uri($"{sent.Headers.Location}&digest={digest}"), content: null, Token) : null;

        Assert.Equal(_agent!.Host, location.Authority);
        Assert.Equal(HttpStatusCode.Created, (ended ?? sent).StatusCode);
        Assert.Equal($"http://{_agent.Host}/v2/team/model/blobs/{digest}", (ended ?? sent).Headers.Location!.ToString());
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"v2/team/model/blobs/{digest}"), Token);
        Assert.Equal(content.Length, head.Content.Headers.ContentLength);
    }

    private async Task<ModelArtifact> PushAsync(string repository)
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.Onnx, directory.Path);
        using var client = new RegistryClient(RegistryOptions.ForHost(
            _agent!.Host, plainHttp: true, new RegistryCredential(DockerRegistry.User, DockerRegistry.Password)));
        return await ModelArtifacts.PushAsync(
            client.Repository(repository), "v1", ModelDirectory.Open(directory.Path), cancellationToken: Token);
    }

    private HttpClient Client() => new()
    {
        BaseAddress = _agent!.Address,
        DefaultRequestHeaders = { Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Account))) },
    };
}
