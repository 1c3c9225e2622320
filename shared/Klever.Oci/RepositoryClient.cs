using System.Net;
using Klever.Models;
using Klever.Oci.Transport;

namespace Klever.Oci;

/// <summary>One repository of a registry: resolve, fetch, push, tag, list (the verbs of ORAS).</summary>
/// <remarks>Every method throws <see cref="RegistryException"/> for what the registry refuses and
/// <see cref="OciContentException"/> for content that is not what it should be.</remarks>
public sealed partial class RepositoryClient
{
    private readonly RegistryTransport _transport;
    private readonly string[] _pull;
    private readonly string[] _push;

    internal RepositoryClient(RegistryTransport transport, string name)
    {
        (_transport, Name) = (transport, name);
        _pull = [$"repository:{name}:pull"];
        _push = [$"repository:{name}:pull,push"];
    }

    /// <summary>All path segments, project first.</summary>
    public string Name { get; }

    private Uri ManifestUri(string tagOrDigest) => At($"manifests/{Checked(tagOrDigest)}");

    private Uri BlobUri(Digest digest) => At($"blobs/{digest}");

    // With the slash at the end: without it the registry answers a redirect that turns a POST into a GET.
    private Uri UploadsUri(string query = "") => At("blobs/uploads/" + query);

    private Uri At(string path) => new(_transport.Options.Address, $"v2/{Name}/{path}");

    private string Checked(string tagOrDigest) => Digest.TryParse(tagOrDigest, out var digest)
        ? digest.ToString()
        : ModelReference.Create("localhost", Name, tagOrDigest).Tag!;

    private RegistryRequest Pull(HttpMethod method, Uri uri) => new() { Method = method, Uri = uri, Scopes = _pull };

    private RegistryRequest Push(HttpMethod method, Uri uri) => new() { Method = method, Uri = uri, Scopes = _push };

    private Uri Location(HttpResponseMessage response, HttpMethod method) => LocationRules.Resolve(
        method, response.RequestMessage!.RequestUri!, RegistryTransport.Header(response, "Location"), _transport.Options.Address);

    private async Task<bool> ExistsAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        using var response = await _transport.SendAsync(request, cancellationToken, HttpStatusCode.OK, HttpStatusCode.NotFound);
        return response.StatusCode == HttpStatusCode.OK;
    }
}
