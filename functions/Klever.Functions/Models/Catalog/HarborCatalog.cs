using System.Text;
using Klever.Functions.Access;
using Klever.Models;
using Klever.Oci.Harbor;
using Klever.Oci.Ormb;

namespace Klever.Functions.Models.Catalog;

/// <summary>Models by Harbor's REST API, which keeps the description of each artifact: one request for a hundred of them.</summary>
internal sealed class HarborCatalog : IModelCatalog
{
    // What Harbor makes of ORMB's media type; other vendors' models are among them and are told apart by it.
    private const string ModelType = "MODEL";

    public async Task<IReadOnlyList<string>> ListProjectsAsync(CallerRegistry caller, CancellationToken cancellationToken) =>
        await caller.Harbor.ListProjectsAsync(cancellationToken).Select(project => project.Name).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<string>> ListRepositoriesAsync(
        CallerRegistry caller, string project, CancellationToken cancellationToken) =>
        await caller.Harbor.ListRepositoriesAsync(project, cancellationToken).Select(repository => repository.Name).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<ModelVersion>> ListVersionsAsync(
        CallerRegistry caller, string repository, CancellationToken cancellationToken)
    {
        var artifacts = await caller.Harbor.ListArtifactsAsync(repository, ModelType, cancellationToken).ToListAsync(cancellationToken);
        return [.. artifacts.SelectMany(artifact => artifact.Tags.Select(tag => Version(repository, tag, artifact))).OfType<ModelVersion>()];
    }

    public async Task<ModelVersion?> FindVersionAsync(
        CallerRegistry caller, string repository, string tag, CancellationToken cancellationToken) =>
        await caller.Harbor.FindArtifactAsync(repository, tag, cancellationToken) is { } artifact ? Version(repository, tag, artifact) : null;

    public async Task DeleteVersionAsync(CallerRegistry caller, string repository, string tag, CancellationToken cancellationToken)
    {
        var artifact = await caller.Harbor.FindArtifactAsync(repository, tag, cancellationToken)
            ?? throw new BadHttpRequestException($"There is no {repository}:{tag}.", StatusCodes.Status404NotFound);
        await (artifact.Tags.Count > 1
            ? caller.Harbor.DeleteTagAsync(repository, tag, cancellationToken)
            : caller.Harbor.DeleteArtifactAsync(repository, artifact.Digest.ToString(), cancellationToken));
    }

    private static ModelVersion? Version(string repository, string tag, HarborArtifact artifact)
    {
        if (!artifact.IsModel || artifact.ExtraAttributes is not { } attributes)
        {
            return null;
        }

        return new ModelVersion
        {
            Repository = repository,
            Tag = tag,
            Digest = artifact.Digest,
            Size = artifact.Size,
            OrmbFile = OrmbFile.FromJson(Encoding.UTF8.GetBytes(attributes.ToJsonString())),
            Extraction = ExtractionMark.Read(artifact.Annotations),
            PushTime = artifact.PushTime,
            PullTime = artifact.PullTime,
        };
    }
}
