using Klever.Models;

namespace Klever.Oci.Ormb;

/// <summary>What a manifest says of the extraction that described it (DESIGN.md, section 4.2).</summary>
/// <param name="Source">Digest of the manifest that was read.</param>
/// <param name="Job">Name of the ModelJob.</param>
/// <param name="Version">Version of the extractor.</param>
public sealed record ExtractionMark(Digest Source, string Job, string Version)
{
    public const string SourceAnnotation = "io.kleveross.extraction.source";
    public const string JobAnnotation = "io.kleveross.extraction.job";
    public const string VersionAnnotation = "io.kleveross.extraction.version";

    /// <summary>Whether the present extractor has described the model, so that there is nothing left to read.</summary>
    public static bool IsCurrent(ExtractionMark? mark, OrmbFile ormbFile) =>
        mark?.Version == ExtractorVersion.Current && ormbFile.HasSignature;

    public IReadOnlyDictionary<string, string> ToAnnotations() => new Dictionary<string, string>
    {
        [SourceAnnotation] = Source.ToString(),
        [JobAnnotation] = Job,
        [VersionAnnotation] = Version,
    };

    /// <summary>The mark among these annotations; null when there is none, or its source is no digest.</summary>
    public static ExtractionMark? Read(IReadOnlyDictionary<string, string> annotations) =>
        Digest.TryParse(annotations.GetValueOrDefault(SourceAnnotation), out var source)
            ? new ExtractionMark(
                source, annotations.GetValueOrDefault(JobAnnotation) ?? "", annotations.GetValueOrDefault(VersionAnnotation) ?? "")
            : null;
}
