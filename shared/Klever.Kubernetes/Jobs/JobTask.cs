using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Kubernetes.Jobs;

/// <summary>What the task of a ModelJob works on, checked.</summary>
internal sealed record JobTask
{
    /// <summary>The model that is read, with registry and digest.</summary>
    public required ModelReference Source { get; init; }

    public required ModelFormat SourceFormat { get; init; }

    /// <summary>The format of a conversion's result; that of the source for an extraction.</summary>
    public required ModelFormat Format { get; init; }

    /// <summary>Where a conversion pushes; null for an extraction.</summary>
    public ModelReference? Destination { get; init; }

    public bool IsConversion => Destination is not null;

    /// <exception cref="InvalidModelJobException">A field is missing, wrong, or names a registry that is not
    /// ours.</exception>
    public static JobTask Of(ModelJobSpec spec, Digest? digest, JobOptions options)
    {
        var source = Reference("spec.model", spec.Model, options);
        source = source.Digest is not null ? source
            : digest is not null ? source.WithDigest(digest)
            : throw new InvalidModelJobException("spec.model", "it is not known which manifest the tag names.");
        return (spec.Extraction, spec.Conversion) switch
        {
            ({ } extraction, null) => Extraction(source, extraction),
            (null, { Mmdnn: { } formats }) => Conversion(source, formats, spec.DesiredTag, options),
            (null, { Mmdnn: null }) => throw new InvalidModelJobException(
                "spec.conversion.mmdnn", "it is missing; give from and to."),
            _ => throw new InvalidModelJobException("spec", "give exactly one of extraction and conversion."),
        };
    }

    private static JobTask Extraction(ModelReference source, ExtractionSource extraction)
    {
        var format = FormatOf("spec.extraction.format", extraction.Format);
        return format.IsExtractable
            ? new JobTask { Source = source, SourceFormat = format, Format = format }
            : throw new InvalidModelJobException(
                "spec.extraction.format",
                $"there is no extractor for {format}; its signature is written in ormbfile.yaml by hand.");
    }

    private static JobTask Conversion(ModelReference source, FormatPair formats, string? desiredTag, JobOptions options)
    {
        var from = FormatOf("spec.conversion.mmdnn.from", formats.From);
        var to = FormatOf("spec.conversion.mmdnn.to", formats.To);
        if (!FormatConversions.Contains(from, to))
        {
            throw new InvalidModelJobException(
                "spec.conversion.mmdnn", $"{from} to {to} is not supported; there are {FormatConversions.Names}.");
        }

        var destination = Reference("spec.desiredTag", desiredTag, options);
        return destination.Tag is not null && destination.Digest is null
            ? new JobTask { Source = source, SourceFormat = from, Format = to, Destination = destination }
            : throw new InvalidModelJobException(
                "spec.desiredTag",
                $"\"{Excerpt.Of(desiredTag)}\" must end in a tag, which is where the result is pushed.");
    }

    private static ModelReference Reference(string field, string? text, JobOptions options)
    {
        if (!ModelReference.TryParse(text, out var reference, out var problem))
        {
            throw new InvalidModelJobException(field, $"\"{Excerpt.Of(text)}\" is not project/model:tag: {problem}.");
        }

        return reference.Registry is null || options.IsRegistry(reference.Registry)
            ? reference.WithRegistry(options.Registry)
            : throw new InvalidModelJobException(
                field, $"it names the registry {reference.Registry}; leave it out or write {options.Registry}.");
    }

    private static ModelFormat FormatOf(string field, string? name) => ModelFormat.TryParse(name, out var format)
        ? format
        : throw new InvalidModelJobException(
            field, $"\"{Excerpt.Of(name)}\" is not one of {string.Join(", ", ModelFormat.All.Select(f => f.Name))}.");
}
