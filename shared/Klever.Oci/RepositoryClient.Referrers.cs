using System.Net;
using Klever.Models;
using Klever.Oci.Transport;

namespace Klever.Oci;

public sealed partial class RepositoryClient
{
    /// <summary>The manifests whose subject is <paramref name="subject"/>: signatures, SBOMs and the like. Registries without the
    /// referrers API keep them in an index under the tag <c>sha256-…</c> (distribution specification, "Referrers Tag Schema").</summary>
    public async Task<IReadOnlyList<Descriptor>> ListReferrersAsync(
        Digest subject, string? artifactType = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var query = artifactType is null ? "" : "?artifactType=" + Uri.EscapeDataString(artifactType);
            var referrers = new List<Descriptor>();
            await foreach (var page in PageReader.ReadAsync(_transport, At($"referrers/{subject}{query}"), _pull, cancellationToken))
            {
                referrers.AddRange(OciJson.Descriptors(page, "manifests", "list of referrers"));
            }

            return Filter(referrers, artifactType);
        }
        catch (RegistryException exception) when (exception.IsNotFound)
        {
            return Filter((await FallbackIndexAsync(subject, cancellationToken)).Manifests, artifactType);
        }
    }

    /// <summary>Pushes a manifest that has a subject, by its digest, and makes it findable from there.</summary>
    /// <exception cref="ArgumentException">The manifest has no subject.</exception>
    public async Task<Descriptor> PushReferrerAsync(ImageManifest manifest, CancellationToken cancellationToken = default)
    {
        var subject = manifest.Subject ?? throw new ArgumentException("the manifest has no subject.", nameof(manifest));
        var content = manifest.ToJson();
        var mediaType = manifest.MediaType ?? MediaTypes.ImageManifest;
        var digest = Digest.Of(content);
        var (pushed, knowsReferrers) = await PutManifestAsync(digest.ToString(), content, mediaType, cancellationToken);
        if (!knowsReferrers)
        {
            var entry = new Descriptor(
                mediaType, digest, pushed.Size, manifest.ArtifactType ?? manifest.Config.MediaType, manifest.Annotations);
            await AddToFallbackIndexAsync(subject.Digest, entry, cancellationToken);
        }

        return pushed;
    }

    private async Task<ImageIndex> FallbackIndexAsync(Digest subject, CancellationToken cancellationToken)
    {
        try
        {
            var fetched = await FetchManifestAsync(FallbackTag(subject), cancellationToken);
            return fetched.Index ?? ImageIndex.Create([]);
        }
        catch (RegistryException exception) when (exception.IsNotFound)
        {
            return ImageIndex.Create([]);
        }
    }

    // There is no compare-and-swap for tags: write, look, and write again when another writer was faster.
    private async Task AddToFallbackIndexAsync(Digest subject, Descriptor entry, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= OciLimits.MaximumReferrerAttempts; attempt++)
        {
            var index = await FallbackIndexAsync(subject, cancellationToken);
            if (index.Manifests.Any(m => m.Digest == entry.Digest))
            {
                return;
            }

            var changed = index.WithManifests([.. index.Manifests, entry]).ToJson();
            await PushManifestAsync(FallbackTag(subject), changed, MediaTypes.ImageIndex, cancellationToken);
        }

        if ((await FallbackIndexAsync(subject, cancellationToken)).Manifests.All(m => m.Digest != entry.Digest))
        {
            throw new OciContentException(
                OciContentProblem.NotTheDocument,
                $"other writers keep replacing the index {Name}:{FallbackTag(subject)}; {entry.Digest} is pushed but not listed there.");
        }
    }

    private static string FallbackTag(Digest subject) => $"{subject.Algorithm}-{subject.Hex}"[..Math.Min(128, subject.Hex.Length + subject.Algorithm.Length + 1)];

    private static IReadOnlyList<Descriptor> Filter(IReadOnlyList<Descriptor> referrers, string? artifactType) =>
        artifactType is null ? referrers : [.. referrers.Where(r => r.ArtifactType == artifactType)];
}
