using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.Functions.HarborPush;

/// <summary>Brings one more tag of a model that was read before to the result. Nothing is read again.</summary>
internal static class FollowingTag
{
    /// <param name="repository">Of the model.</param>
    /// <param name="tag">The tag that follows.</param>
    /// <param name="source">What it names until now; if it names something else, it stays there.</param>
    /// <param name="result">The manifest with the signature.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<FollowingTagOutcome> MoveAsync(
        RepositoryClient repository, string tag, Digest source, Digest result, CancellationToken cancellationToken)
    {
        if ((await repository.TryResolveAsync(tag, cancellationToken))?.Digest != source)
        {
            return FollowingTagOutcome.MovedOn;
        }

        try
        {
            await repository.TagAsync(result.ToString(), tag, cancellationToken);
            return FollowingTagOutcome.Followed;
        }
        catch (RegistryException exception) when (exception.IsImmutable)
        {
            await AttachAsync(repository, tag, result, cancellationToken);
            return FollowingTagOutcome.Immutable;
        }
    }

    // Describing an immutable tag ends with a referrer, the same one however often.
    private static async Task AttachAsync(
        RepositoryClient repository, string tag, Digest result, CancellationToken cancellationToken)
    {
        var read = await ModelArtifacts.FetchAsync(repository, result.ToString(), cancellationToken);
        if (read.Extraction is { } mark)
        {
            await ModelArtifacts.DescribeAsync(
                repository, tag, mark, ormbFile => ormbFile.WithExtracted(read.OrmbFile.Signature), cancellationToken);
        }
    }
}
