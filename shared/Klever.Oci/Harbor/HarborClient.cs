using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci.Transport;

namespace Klever.Oci.Harbor;

/// <summary>Harbor's REST API v2.0, as far as a model registry needs it. Safe for concurrent use.</summary>
/// <remarks>Every method throws <see cref="HarborException"/> when Harbor refuses or does not answer.</remarks>
public sealed partial class HarborClient : IDisposable
{
    private readonly RegistryOptions _options;
    private readonly HttpMessageHandler _handler;
    private readonly bool _ownsHandler;
    private readonly HarborTransport _transport;

    /// <param name="options">Address and account; the REST API takes Basic authentication only.</param>
    /// <param name="handler">What sends the requests in place of a connection of our own; it is not disposed.</param>
    public HarborClient(RegistryOptions options, HttpMessageHandler? handler = null)
    {
        _options = options;
        _ownsHandler = handler is null;
        _handler = handler ?? RegistryHandler.Create(options);
        _transport = new HarborTransport(options, _handler);
    }

    /// <summary>The same Harbor as somebody else, over the same connections; this client has to outlive the other.</summary>
    public HarborClient As(RegistryCredential? credential) => new(_options with { Credential = credential }, _handler);

    /// <summary>Whether this is a Harbor at all; a plain distribution registry is none.</summary>
    public async Task<bool> IsHarborAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _transport.SendAsync(HttpMethod.Get, "/api/version", body: null, cancellationToken);
            return true;
        }
        catch (HarborException exception) when (exception.IsNotHarbor || exception.Status is { } status && (int)status is >= 400 and < 500 and not (408 or 429))
        {
            return false;
        }
    }

    /// <summary>One artifact with its tags; null when there is none.</summary>
    public async Task<HarborArtifact?> FindArtifactAsync(
        string repository, string tagOrDigest, CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await _transport.SendAsync(
                HttpMethod.Get, $"{HarborPath.Artifact(repository, tagOrDigest)}?with_tag=true", body: null, cancellationToken);
            return answer.Body is JsonObject artifact ? HarborArtifact.Read(artifact, repository) : null;
        }
        catch (HarborException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>The artifacts of a repository, newest first; accessories such as signatures are not among them.</summary>
    /// <param name="repository">Project first.</param>
    /// <param name="query">Only these, in Harbor's words: <c>type=MODEL,tags=*</c> for tagged ones; null for all.</param>
    /// <param name="passedOver">Told of each artifact that is left out because it is too large; null to fail then.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public IAsyncEnumerable<HarborArtifact> ListArtifactsAsync(
        string repository, string? query = null, Action<string>? passedOver = null, CancellationToken cancellationToken = default)
    {
        var filter = query is null ? "" : $"&q={Uri.EscapeDataString(query)}";
        var listing = new HarborListing(_transport, $"{HarborPath.Repository(repository)}/artifacts?with_tag=true{filter}")
        {
            Repository = repository,
            PassedOver = passedOver,
        };
        return listing.ReadAsync(cancellationToken).Select(artifact => HarborArtifact.Read(artifact, repository));
    }

    /// <summary>Deletes an artifact with all its tags.</summary>
    public Task DeleteArtifactAsync(string repository, string tagOrDigest, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(HttpMethod.Delete, HarborPath.Artifact(repository, tagOrDigest), body: null, cancellationToken);

    /// <summary>Deletes a tag; the artifact stays, even without any.</summary>
    public Task DeleteTagAsync(string repository, string tag, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(HttpMethod.Delete, HarborPath.Tag(repository, tag), body: null, cancellationToken);

    /// <summary>The repositories of a project.</summary>
    public async IAsyncEnumerable<HarborRepository> ListRepositoriesAsync(
        string project, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in ListAsync($"{HarborPath.Project(project)}/repositories?sort=name", cancellationToken))
        {
            yield return new HarborRepository(
                HarborArtifact.Text(item, "name") ?? "",
                Number(item, "artifact_count"),
                Number(item, "pull_count"),
                DateTimeOffset.TryParse(HarborArtifact.Text(item, "update_time"), out var time) ? time : null);
        }
    }

    public void Dispose()
    {
        _transport.Dispose();
        if (_ownsHandler)
        {
            _handler.Dispose();
        }
    }

    private IAsyncEnumerable<JsonObject> ListAsync(string path, CancellationToken cancellationToken) =>
        new HarborListing(_transport, path).ReadAsync(cancellationToken);

    private static int Number(JsonObject source, string key) =>
        source[key] is JsonValue value && value.TryGetValue(out int number) ? number : 0;
}
