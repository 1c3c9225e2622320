using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Klever.Models;
using Klever.Oci.Transport;

namespace Klever.Oci;

public sealed partial class RepositoryClient
{
    /// <summary>What a tag or digest names now.</summary>
    public async Task<Descriptor> ResolveAsync(string tagOrDigest, CancellationToken cancellationToken = default)
    {
        var request = Pull(HttpMethod.Head, ManifestUri(tagOrDigest)) with { Accept = MediaTypes.AcceptManifests };
        using var response = await _transport.SendAsync(request, cancellationToken, HttpStatusCode.OK);
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var size = response.Content.Headers.ContentLength;
        if (mediaType is null || size is not > 0
            || !Digest.TryParse(RegistryTransport.Header(response, "Docker-Content-Digest"), out var digest))
        {
            return (await FetchManifestAsync(tagOrDigest, cancellationToken)).Descriptor;
        }

        return !Digest.TryParse(tagOrDigest, out var asked) || asked == digest
            ? new Descriptor(mediaType, digest, size.Value)
            : throw Mismatch(tagOrDigest, asked, digest);
    }

    /// <summary>What a tag or digest names now; null when it names nothing.</summary>
    public async Task<Descriptor?> TryResolveAsync(string tagOrDigest, CancellationToken cancellationToken = default)
    {
        try
        {
            return await ResolveAsync(tagOrDigest, cancellationToken);
        }
        catch (RegistryException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>The manifest or index that a tag or digest names, checked against every digest that is known of it.</summary>
    public async Task<FetchedManifest> FetchManifestAsync(string tagOrDigest, CancellationToken cancellationToken = default)
    {
        var request = Pull(HttpMethod.Get, ManifestUri(tagOrDigest)) with { Accept = MediaTypes.AcceptManifests };
        using var response = await _transport.SendAsync(request, cancellationToken, HttpStatusCode.OK);
        var content = await BoundedBody.ReadAsync(
            response, OciLimits.MaximumManifestBytes, "manifest", _transport.Options.ActivityTimeout, cancellationToken);
        var asked = Digest.TryParse(tagOrDigest, out var byDigest) ? byDigest : null;
        var told = Digest.TryParse(RegistryTransport.Header(response, "Docker-Content-Digest"), out var header) ? header : null;
        foreach (var expected in new[] { asked, told }.OfType<Digest>())
        {
            var actual = ContentHash.Of(expected.Algorithm, content);
            if (actual != expected)
            {
                throw Mismatch(tagOrDigest, expected, actual);
            }
        }

        var mediaType = DeclaredType(content, response.Content.Headers.ContentType?.MediaType);
        return new FetchedManifest(new Descriptor(mediaType, asked ?? told ?? Digest.Of(content), content.Length), content);
    }

    /// <summary>Pushes a manifest or index; its blobs must be there. Repeating it is harmless, though each time raises an event.</summary>
    /// <param name="tagOrDigest">The tag to set, or the digest of <paramref name="content"/>.</param>
    public async Task<Descriptor> PushManifestAsync(
        string tagOrDigest, ReadOnlyMemory<byte> content, string mediaType, CancellationToken cancellationToken = default) =>
        (await PutManifestAsync(tagOrDigest, content, mediaType, cancellationToken)).Descriptor;

    /// <summary>Sets another tag on what <paramref name="tagOrDigest"/> names.</summary>
    public async Task<Descriptor> TagAsync(string tagOrDigest, string tag, CancellationToken cancellationToken = default)
    {
        var manifest = await FetchManifestAsync(tagOrDigest, cancellationToken);
        return await PushManifestAsync(tag, manifest.Content, manifest.Descriptor.MediaType, cancellationToken);
    }

    /// <summary>Deletes a manifest and with it all its tags; registries do not delete a single tag this way.</summary>
    public async Task DeleteManifestAsync(Digest digest, CancellationToken cancellationToken = default)
    {
        var request = new RegistryRequest
        {
            Method = HttpMethod.Delete,
            Uri = ManifestUri(digest.ToString()),
            Scopes = [$"repository:{Name}:delete,pull"],
        };
        using var response = await _transport.SendAsync(request, cancellationToken, HttpStatusCode.Accepted, HttpStatusCode.OK);
    }

    // A blob that was pushed may be out of sight for a moment: distribution empties the link to it while another client pushes the
    // same blob, and object stores may be behind.
    private async Task<(Descriptor Descriptor, bool KnowsReferrers)> PutManifestAsync(
        string tagOrDigest, ReadOnlyMemory<byte> content, string mediaType, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PutManifestOnceAsync(tagOrDigest, content, mediaType, cancellationToken);
            }
            catch (RegistryException exception) when (exception.IsBlobUnknown && attempt < OciLimits.MaximumBlobUnknownAttempts)
            {
                await RetrySchedule.WaitAsync(attempt, _transport.Options.Time, cancellationToken);
            }
        }
    }

    private async Task<(Descriptor Descriptor, bool KnowsReferrers)> PutManifestOnceAsync(
        string tagOrDigest, ReadOnlyMemory<byte> content, string mediaType, CancellationToken cancellationToken)
    {
        var request = Push(HttpMethod.Put, ManifestUri(tagOrDigest)) with
        {
            Attempts = OciLimits.MaximumManifestAttempts,
            Body = () => new ReadOnlyMemoryContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
        };
        using var response = await _transport.SendAsync(request, cancellationToken, HttpStatusCode.Created, HttpStatusCode.OK);
        var algorithm = Digest.TryParse(tagOrDigest, out var asked) ? asked.Algorithm : "sha256";
        var descriptor = new Descriptor(mediaType, ContentHash.Of(algorithm, content.Span), content.Length);
        return Digest.TryParse(RegistryTransport.Header(response, "Docker-Content-Digest"), out var stored)
            && stored.Algorithm == algorithm && stored != descriptor.Digest
            ? throw Mismatch(tagOrDigest, descriptor.Digest, stored)
            : (descriptor, response.Headers.Contains("OCI-Subject"));
    }

    // A document that names another type than its header could be read as two different things (CVE-2021-41190).
    private static string DeclaredType(byte[] content, string? header)
    {
        var document = OciJson.ParseObject(content, "manifest", OciLimits.MaximumManifestBytes);
        var own = OciJson.OptionalString(document, "mediaType", "manifest");
        return own is null || header is null || own == header
            ? own ?? header ?? MediaTypes.ImageManifest
            : throw OciJson.Malformed("manifest", $"it names the media type {Excerpt.Of(own)} but was sent as {Excerpt.Of(header)}");
    }

    private OciContentException Mismatch(string tagOrDigest, Digest expected, Digest actual) => new(
        OciContentProblem.DigestMismatch,
        $"the manifest {Name} {tagOrDigest} has the digest {actual}, not {expected}; it was altered on the way or in the registry.");
}
