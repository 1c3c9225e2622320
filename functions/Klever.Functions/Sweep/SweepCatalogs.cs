using Klever.Functions.Access;
using Klever.Oci;
using Klever.Oci.Harbor;
using Klever.Oci.Ormb;

namespace Klever.Functions.Sweep;

/// <summary>The models of the registry as the service sees them, or as a caller does: with the caller's own credential.</summary>
internal sealed class SweepCatalogs(RegistryClient registry, HarborClient harbor, CallerRegistries callers, RegistryProbe probe)
{
    public async Task<ModelCatalog> OfServiceAsync(CancellationToken cancellationToken) =>
        new(registry, harbor, await probe.IsHarborAsync(cancellationToken));

    /// <exception cref="AccessDeniedException">No credential was sent.</exception>
    public async Task<ModelCatalog> OfAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = callers.Of(request);
        return new ModelCatalog(caller.Registry, caller.Harbor, await probe.IsHarborAsync(cancellationToken));
    }
}
