using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.Functions.ModelJobs;

/// <summary>Whether a ModelJob can become a Job, asked of the registry too. The same for REST and for <c>kubectl</c>.</summary>
internal sealed class ModelJobCheck(RegistryClient registry, JobOptions options)
{
    /// <returns>The manifest that the model names now; null when it is in another registry.</returns>
    /// <exception cref="InvalidModelJobException">It cannot, however often it is tried.</exception>
    public async Task<Digest?> RequireAsync(ModelJob modelJob, CancellationToken cancellationToken)
    {
        var source = await SourceAsync(modelJob, cancellationToken);
        _ = JobBuilder.Build(modelJob, source, options);
        if (modelJob.Spec.Conversion?.Mmdnn is { } formats && source is not null)
        {
            await RequireFreeAsync(modelJob.Spec.DesiredTag!, source, ModelFormat.Parse(formats.To), cancellationToken);
        }

        return source;
    }

    /// <summary>Compares the format that the model declares with the one that is asked for.</summary>
    /// <exception cref="InvalidModelJobException">They differ.</exception>
    public async Task RequireFormatAsync(ModelJob modelJob, Digest source, CancellationToken cancellationToken)
    {
        var (field, asked) = modelJob.Spec.Conversion?.Mmdnn is { } formats
            ? ("spec.conversion.mmdnn.from", formats.From)
            : ("spec.extraction.format", modelJob.Spec.Extraction!.Format);
        var repository = registry.Repository(ModelReference.Parse(modelJob.Spec.Model).Repository);
        var model = await ModelArtifacts.FetchAsync(repository, source.ToString(), cancellationToken);
        if (model.OrmbFile.Format is { } declared && declared != ModelFormat.Parse(asked))
        {
            throw new InvalidModelJobException(field, $"the model declares {declared}, not {asked}.");
        }
    }

    // The Job is pinned to what the tag names now: a tag that moves while it waits must not change what it reads.
    private async Task<Digest?> SourceAsync(ModelJob modelJob, CancellationToken cancellationToken)
    {
        if (!ModelReference.TryParse(modelJob.Spec.Model, out var model, out var problem))
        {
            throw new InvalidModelJobException("spec.model", $"\"{Excerpt.Of(modelJob.Spec.Model)}\" is not a model reference: {problem}.");
        }

        if (model.Digest is not null)
        {
            return model.Digest;
        }

        if (model.Registry is not null && !options.IsRegistry(model.Registry))
        {
            return null;
        }

        var descriptor = await registry.Repository(model.Repository).TryResolveAsync(model.Tag ?? "latest", cancellationToken)
            ?? throw new InvalidModelJobException("spec.model", $"{model} is not in the registry; push it, or correct the reference.");
        return descriptor.Digest;
    }

    // What an earlier Job of the same work pushed is no obstacle: the new one finds it and reports it.
    private async Task RequireFreeAsync(string desiredTag, Digest source, ModelFormat format, CancellationToken cancellationToken)
    {
        var target = ModelReference.Parse(desiredTag);
        var repository = registry.Repository(target.Repository);
        if (await repository.TryResolveAsync(target.Tag!, cancellationToken) is not { } present)
        {
            return;
        }

        var fetched = await repository.FetchManifestAsync(present.Digest.ToString(), cancellationToken);
        if (fetched.Manifest is not { } manifest || ConversionMark.Read(manifest.Annotations)?.Source != source
            || (await ModelArtifacts.FetchAsync(repository, present.Digest.ToString(), cancellationToken)).OrmbFile.Format != format)
        {
            throw new InvalidModelJobException("spec.desiredTag", $"{target} is taken by another model; choose another tag.");
        }
    }
}
