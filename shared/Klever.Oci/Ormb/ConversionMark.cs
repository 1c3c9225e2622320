using Klever.Models;

namespace Klever.Oci.Ormb;

/// <summary>What a manifest says of the conversion that made it. Unlike an <see cref="ExtractionMark"/> it does not keep the model
/// from being extracted: a result is described like any other push.</summary>
/// <param name="Source">Digest of the manifest that was converted.</param>
/// <param name="Version">Version of the converters.</param>
public sealed record ConversionMark(Digest Source, string Version)
{
    public const string SourceAnnotation = "io.kleveross.conversion.source";
    public const string VersionAnnotation = "io.kleveross.conversion.version";

    public IReadOnlyDictionary<string, string> ToAnnotations() => new Dictionary<string, string>
    {
        [SourceAnnotation] = Source.ToString(),
        [VersionAnnotation] = Version,
    };

    /// <summary>The mark among these annotations; null when there is none, or its source is no digest.</summary>
    public static ConversionMark? Read(IReadOnlyDictionary<string, string> annotations) =>
        Digest.TryParse(annotations.GetValueOrDefault(SourceAnnotation), out var source)
            ? new ConversionMark(source, annotations.GetValueOrDefault(VersionAnnotation) ?? "")
            : null;
}
