using System.Text.Json.Nodes;
using Klever.Functions.Access;
using Klever.Functions.Rest;
using Klever.Models;
using Klever.Oci.Ormb.Catalog;

namespace Klever.Functions.Models.Catalog;

/// <summary>Reads the catalog for a caller, whose own account decides what is seen.</summary>
internal sealed class CatalogReader(ModelCatalogs catalogs, IAccess access, ExtractionStatuses extractions)
{
    /// <summary>Repositories of a project that are looked at; each costs at least one request.</summary>
    private const int MaximumRepositories = 2000;

    /// <summary>Tags of one repository of a plain registry that are looked at; each costs two requests.</summary>
    private const int MaximumTags = 2000;

    private const int Concurrency = 8;

    /// <summary>The projects that the caller may see, sorted.</summary>
    public async Task<IReadOnlyList<string>> ProjectsAsync(HttpRequest http, CancellationToken cancellationToken) =>
        await (await CatalogAsync(http, cancellationToken)).ListProjectsAsync(cancellationToken);

    /// <summary>The repositories of a project that hold models, as documents, sorted by name.</summary>
    public async Task<IReadOnlyList<JsonNode>> ModelsAsync(
        HttpRequest http, string project, ModelFormat? format, CancellationToken cancellationToken)
    {
        var catalog = await CatalogAsync(http, cancellationToken);
        _ = ModelName.Parse(project, "model");
        var repositories = await catalog.ListRepositoriesAsync(project, cancellationToken);
        if (repositories.Count > MaximumRepositories)
        {
            catalogs.PassOver($"of the {repositories.Count} repositories of {project} only the first {MaximumRepositories} are looked at");
        }

        var models = new JsonObject?[Math.Min(repositories.Count, MaximumRepositories)];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, models.Length, parallel, async (i, token) =>
        {
            var versions = await VersionsAsync(catalog.ListModelsAsync(repositories[i], token).NoneWhenGone(token), token);
            models[i] = versions.Any(version => format is null || version.Model.OrmbFile.Format == format)
                ? CatalogJson.Model(repositories[i], versions)
                : null;
        });
        return [.. models.OfType<JsonObject>()];
    }

    public async Task<IReadOnlyList<ModelVersion>> VersionsAsync(
        HttpRequest http, ModelReference model, CancellationToken cancellationToken)
    {
        await access.RequireAsync(http, model.Repository, Right.Pull, cancellationToken);
        var catalog = await CatalogAsync(http, cancellationToken);
        return await VersionsAsync(catalog.ListModelsAsync(model.Repository, cancellationToken), cancellationToken);
    }

    /// <summary>One version with its whole description; null when there is none.</summary>
    public async Task<JsonObject?> VersionAsync(HttpRequest http, ModelReference name, CancellationToken cancellationToken)
    {
        await access.RequireAsync(http, name.Repository, Right.Pull, cancellationToken);
        var catalog = await CatalogAsync(http, cancellationToken);
        if (await catalog.FindModelAsync(name.Repository, name.Tag!, cancellationToken) is not { } model)
        {
            return null;
        }

        var version = new ModelVersion(name.Tag!, model);
        var document = CatalogJson.Version(version, await extractions.OfAsync(model, cancellationToken));
        document["metadata"] = model.OrmbFile.ToJsonObject();
        return document;
    }

    /// <summary>Deletes one tag, and with the last tag the artifact.</summary>
    public async Task DeleteAsync(HttpRequest http, ModelReference name, CancellationToken cancellationToken)
    {
        await access.RequireAsync(http, name.Repository, Right.Delete, cancellationToken);
        var catalog = await CatalogAsync(http, cancellationToken);
        await catalog.DeleteTagAsync(name.Repository, name.Tag!, cancellationToken);
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
            items[i] = CatalogJson.Version(shown[i], await extractions.OfAsync(shown[i].Model, token)));
        page["items"] = new JsonArray(items);
        return page;
    }

    private Task<IModelCatalog> CatalogAsync(HttpRequest http, CancellationToken cancellationToken) =>
        catalogs.OfAsync(http, MaximumTags, Concurrency, cancellationToken);

    private static async Task<IReadOnlyList<ModelVersion>> VersionsAsync(
        IAsyncEnumerable<CatalogModel> models, CancellationToken cancellationToken)
    {
        var versions = models.SelectMany(model => model.Tags.Select(tag => new ModelVersion(tag, model)));
        return await versions.ToListAsync(cancellationToken);
    }
}
