using Klever.Oci.Ormb.Catalog;

namespace Klever.Functions.Models.Catalog;

/// <summary>A tag that names a model.</summary>
internal sealed record ModelVersion(string Tag, CatalogModel Model);
