using System.Text.Json.Nodes;
using Klever.Functions.Access;
using Klever.Functions.Rest;
using Klever.Models;

namespace Klever.Functions.Models.Catalog;

/// <summary>Reads the catalog for a caller, whose own account decides what is seen.</summary>
internal sealed class CatalogReader(
    ModelCatalogs catalogs, CallerRegistries callers, IAccess access, ExtractionStatuses extractions)
{
    /// <summary>Repositories of a project that are looked at; each costs at least one request.</summary>
    private const int MaximumRepositories = 2000;

    private const int Concurrency = 8;

    /// <summary>The repositories of a project that hold models, as documents, sorted by name.</summary>
    public async Task<IReadOnlyList<JsonNode>> ModelsAsync(
        HttpRequest http, string project, ModelFormat? format, CancellationToken cancellationToken)
    {
        var caller = callers.Of(http);
        _ = ModelName.Parse(project, "model");
        var catalog = await catalogs.ChooseAsync(cancellationToken);
        var repositories = await catalog.ListRepositoriesAsync(caller, project, cancellationToken);
        var models = new JsonObject?[Math.Min(repositories.Count, MaximumRepositories)];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, models.Length, parallel, async (i, token) =>
        {
            var versions = await catalog.ListVersionsAsync(caller, repositories[i], token);
            models[i] = versions.Any(version => format is null || version.OrmbFile.Format == format)
                ? CatalogJson.Model(repositories[i], versions)
                : null;
        });
        return [.. models.OfType<JsonObject>()];
    }

    public async Task<IReadOnlyList<ModelVersion>> VersionsAsync(
        HttpRequest http, ModelReference model, CancellationToken cancellationToken)
    {
        var caller = callers.Of(http);
        await access.RequireAsync(http, model.Repository, Right.Pull, cancellationToken);
        var catalog = await catalogs.ChooseAsync(cancellationToken);
        return await catalog.ListVersionsAsync(caller, model.Repository, cancellationToken);
    }

    /// <summary>One version with its whole description; null when there is none.</summary>
    public async Task<JsonObject?> VersionAsync(HttpRequest http, ModelReference name, CancellationToken cancellationToken)
    {
        var caller = callers.Of(http);
        await access.RequireAsync(http, name.Repository, Right.Pull, cancellationToken);
        var catalog = await catalogs.ChooseAsync(cancellationToken);
        if (await catalog.FindVersionAsync(caller, name.Repository, name.Tag!, cancellationToken) is not { } version)
        {
            return null;
        }

        var document = CatalogJson.Version(version, await extractions.OfAsync(version, cancellationToken));
        document["metadata"] = version.OrmbFile.ToJsonObject();
        return document;
    }

    /// <summary>A page of versions; the cluster is asked about those of the page alone.</summary>
    public async Task<JsonObject> PageAsync(
        IReadOnlyList<ModelVersion> versions, int? start, int? limit, CancellationToken cancellationToken)
    {
        var page = Page.Of([.. versions.Select((_, index) => JsonValue.Create(index))], start, limit);
        var shown = page["items"]!.AsArray().Select(index => versions[index!.GetValue<int>()]).ToList();
        var items = new JsonNode[shown.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, shown.Count, parallel, async (i, token) =>
            items[i] = CatalogJson.Version(shown[i], await extractions.OfAsync(shown[i], token)));
        page["items"] = new JsonArray(items);
        return page;
    }
}
