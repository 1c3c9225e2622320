using System.Text.Json.Nodes;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Oci.Ormb.Catalog;

namespace Klever.Functions.Models.Catalog;

/// <summary>How far the signature of a version is: by what its manifest says, else by the ModelJob of its digest.</summary>
internal sealed class ExtractionStatuses(ClusterClient cluster, KleverOptions options)
{
    public async Task<JsonObject> OfAsync(CatalogModel model, CancellationToken cancellationToken)
    {
        if (model.Extraction is { } mark)
        {
            return Status(ModelJobPhases.Succeeded, mark.Job, $"The signature was read of {mark.Source}.");
        }

        if (model.OrmbFile.Format is not { IsExtractable: true })
        {
            return Status("None", job: null, $"There is no extractor for the format \"{Excerpt.Of(model.OrmbFile.FormatName)}\".");
        }

        var name = ModelJobNames.ForExtraction(model.Repository, model.Digest, ExtractorVersion.Current);
        try
        {
            return await cluster.ModelJobs.FindAsync(options.Namespaces.Of(model.Repository), name, cancellationToken) is { } modelJob
                ? Status(modelJob.Status?.Phase is { Length: > 0 } phase ? phase : ModelJobPhases.Pending, name, modelJob.Status?.Message)
                : Status("None", job: null, "No ModelJob reads this version; push it again, or ask for one.");
        }
        catch (ClusterException exception)
        {
            return Status("Unknown", name, $"The cluster does not answer: {Excerpt.Of(exception.Message)}");
        }
    }

    private static JsonObject Status(string phase, string? job, string? message)
    {
        var status = new JsonObject { ["phase"] = phase };
        if (!string.IsNullOrEmpty(job))
        {
            status["job"] = job;
        }

        if (!string.IsNullOrEmpty(message))
        {
            status["message"] = message;
        }

        return status;
    }
}
