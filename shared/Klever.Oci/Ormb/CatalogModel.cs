using Klever.Models;

namespace Klever.Oci.Ormb;

/// <summary>A model as a <see cref="ModelCatalog"/> lists it.</summary>
/// <param name="Tags">The tags that name it; a plain registry lists a model once for each.</param>
/// <param name="OrmbFile">From Harbor, integers beyond 2^53 are rounded: good to look at, not to write back.</param>
/// <param name="Extraction">What an extraction left on it; null when there was none.</param>
public sealed record CatalogModel(
    string Repository, Digest Digest, IReadOnlyList<string> Tags, OrmbFile OrmbFile, ExtractionMark? Extraction);
