using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Functions.Models.Catalog;
using Klever.Functions.Models.Comparison;
using Klever.Functions.Models.Download;
using Klever.Functions.Models.Upload;

namespace Klever.Functions.Models;

/// <summary>Models over HTTP for who does not speak OCI: upload, download, list, compare, delete.</summary>
internal sealed class ModelsFunction : IFunction
{
    public string Name => "models";

    public IReadOnlyList<EventRoute> Events => [];

    public void AddServices(IServiceCollection services, KleverOptions options)
    {
        services.AddSingleton(options.Uploads);
        services.AddSingleton<UploadHandler>();
        services.AddSingleton<UploadSessions>();
        services.AddSingleton<UploadLease>();
        services.AddSingleton<UploadCompletion>();
        services.AddSingleton<ModelAssembly>();
        services.AddSingleton<StagedChunks>();
        services.AddSingleton<ExtractionStatuses>();
        services.AddSingleton<CatalogReader>();
    }

    public void MapPublic(IEndpointRouteBuilder routes)
    {
        UploadEndpoints.Map(routes);
        DownloadEndpoints.Map(routes);
        CatalogEndpoints.Map(routes);
        ComparisonEndpoints.Map(routes);
    }
}
