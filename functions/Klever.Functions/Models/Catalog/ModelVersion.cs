using Klever.Models;
using Klever.Oci.Ormb;

namespace Klever.Functions.Models.Catalog;

/// <summary>A tag that names a model.</summary>
internal sealed record ModelVersion
{
    /// <summary>Project first.</summary>
    public required string Repository { get; init; }

    public required string Tag { get; init; }

    /// <summary>Of the manifest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Bytes of manifest, description and layer.</summary>
    public required long Size { get; init; }

    public required OrmbFile OrmbFile { get; init; }

    public ExtractionMark? Extraction { get; init; }

    /// <summary>Null where the registry does not keep it.</summary>
    public DateTimeOffset? PushTime { get; init; }

    public DateTimeOffset? PullTime { get; init; }
}
