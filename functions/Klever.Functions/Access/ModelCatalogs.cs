using Klever.Functions.Telemetry;
using Klever.Oci;
using Klever.Oci.Harbor;
using Klever.Oci.Ormb.Catalog;

namespace Klever.Functions.Access;

/// <summary>The models of the registry as the service sees them, or as a caller does: with the caller's own credential.</summary>
internal sealed partial class ModelCatalogs(
    RegistryClient registry, HarborClient harbor, CallerRegistries callers, RegistryProbe probe, ILogger<ModelCatalogs> logger)
{
    public async Task<IModelCatalog> OfServiceAsync(CancellationToken cancellationToken) =>
        await probe.IsHarborAsync(cancellationToken) ? new HarborModelCatalog(harbor, PassOver) : new RegistryModelCatalog(registry, passedOver: PassOver);

    /// <exception cref="AccessDeniedException">No credential was sent.</exception>
    public Task<IModelCatalog> OfAsync(HttpRequest request, CancellationToken cancellationToken) =>
        OfAsync(request, RegistryModelCatalog.MaximumTags, concurrency: 1, cancellationToken);

    /// <param name="request">Asked for its credential.</param>
    /// <param name="maximumTags">Tags of one repository that are looked at where the registry is a plain one.</param>
    /// <param name="concurrency">How many of them at once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="AccessDeniedException">No credential was sent.</exception>
    public async Task<IModelCatalog> OfAsync(
        HttpRequest request, int maximumTags, int concurrency, CancellationToken cancellationToken)
    {
        var caller = callers.Of(request);
        return await probe.IsHarborAsync(cancellationToken)
            ? new HarborModelCatalog(caller.Harbor, PassOver)
            : new RegistryModelCatalog(caller.Registry, maximumTags, concurrency, PassOver);
    }

    /// <summary>Whoever may push can push what cannot be listed; it must not hide the other models, nor be hidden itself.</summary>
    public void PassOver(string problem)
    {
        Measures.PassedOver();
        LogPassedOver(logger, problem);
    }

    [LoggerMessage(EventId = 1203, Level = LogLevel.Warning, Message = "A listing is not complete: {Problem}")]
    private static partial void LogPassedOver(ILogger logger, string problem);
}
