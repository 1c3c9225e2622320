using Klever.Functions.Access;

namespace Klever.Functions.Models.Catalog;

/// <summary>Chooses the catalog that the registry has.</summary>
internal sealed class ModelCatalogs(RegistryProbe probe)
{
    private readonly HarborCatalog _harbor = new();
    private readonly DistributionCatalog _distribution = new();

    public async Task<IModelCatalog> ChooseAsync(CancellationToken cancellationToken) =>
        await probe.IsHarborAsync(cancellationToken) ? _harbor : _distribution;
}
