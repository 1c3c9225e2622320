using Klever.Models;

namespace Klever.Oci.Ormb;

/// <summary>How describing a model anew ended.</summary>
public enum DescribeResult
{
    /// <summary>The tag names a new manifest with the new description.</summary>
    Updated,

    /// <summary>The tag named a manifest with this description before; nothing was sent.</summary>
    AlreadyDone,

    /// <summary>The tag names another model by now, or none; nothing was changed.</summary>
    Superseded,

    /// <summary>The tag may not move, or there is none, so the signature was attached to the model as a referrer.</summary>
    AttachedAsReferrer,
}

/// <summary>The result of <see cref="ModelArtifacts.DescribeAsync"/>.</summary>
/// <param name="Digest">Of the manifest that the tag names now, or of the referrer; null when the tag is gone.</param>
public sealed record DescribeOutcome(DescribeResult Result, Digest? Digest);
