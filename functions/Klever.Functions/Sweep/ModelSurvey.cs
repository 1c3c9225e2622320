using System.Runtime.CompilerServices;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Harbor;
using Klever.Oci.Ormb;
using Klever.Oci.Ormb.Catalog;

namespace Klever.Functions.Sweep;

/// <summary>Looks at the models of a repository for those whose signature nobody has read. A failed ModelJob is no loss: it stays
/// until somebody deletes it.</summary>
internal sealed class ModelSurvey(ClusterClient cluster, KleverOptions options)
{
    public async IAsyncEnumerable<SweepFinding> FindAsync(
        IModelCatalog catalog, string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var model in catalog.ListModelsAsync(repository, cancellationToken).NoneWhenGone(cancellationToken))
        {
            if (ExtractionMark.IsCurrent(model.Extraction, model.OrmbFile) || model.OrmbFile.Format is not { IsExtractable: true } format)
            {
                continue;
            }

            var space = options.Namespaces.Of(repository);
            var reference = ModelReference.Create(options.Registry.Host, repository, tag: null, model.Digest);
            var name = ModelJobNames.ForExtraction(repository, model.Digest, ExtractorVersion.Current);
            var (kind, reason) = Judge(await cluster.ModelJobs.FindAsync(space, name, cancellationToken), format);
            foreach (var tag in model.Tags.Where(_ => kind is not null))
            {
                yield return new SweepFinding(
                    kind!, repository, reference.WithTag(tag).ToString(), $"{space}/{name}", reason, LostEvents.Push(repository, model.Digest, tag));
            }
        }
    }

    /// <summary>Whether a repository cannot be read, for itself or because the registry does not answer.</summary>
    public static bool IsUnreadable(Exception exception) => exception is RegistryException or HarborException or OciContentException;

    private static (string? Kind, string Reason) Judge(ModelJob? modelJob, ModelFormat format) => modelJob switch
    {
        null => (SweepKinds.ModelWithoutExtraction, $"The signature of this {format} model was not read, and no ModelJob is there."),
        { Status.WrittenManifest: not null } =>
            (SweepKinds.TagBehindResult, "The signature was read; this tag does not name the result yet."),
        _ => (null, ""),
    };
}
