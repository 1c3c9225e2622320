using Klever.Models;

namespace Klever.Oci.Ormb.Catalog;

/// <summary>A model as an <see cref="IModelCatalog"/> lists it.</summary>
public sealed record CatalogModel
{
    /// <summary>Project first.</summary>
    public required string Repository { get; init; }

    /// <summary>Of the manifest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The tags that name it; a plain registry lists a model once for each.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Bytes of manifest, description and layer.</summary>
    public required long Size { get; init; }

    /// <summary>From Harbor, integers beyond 2^53 are rounded: good to look at, not to write back.</summary>
    public required OrmbFile OrmbFile { get; init; }

    /// <summary>What an extraction left on it; null when there was none.</summary>
    public ExtractionMark? Extraction { get; init; }

    /// <summary>Null where the registry does not keep it.</summary>
    public DateTimeOffset? PushTime { get; init; }

    /// <summary>Null where the registry does not keep it, and for what was never pulled.</summary>
    public DateTimeOffset? PullTime { get; init; }
}
