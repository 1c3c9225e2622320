using System.Text.Json;

namespace Klever.Oci;

/// <summary>A list of manifests (OCI image specification, image-index.md): several platforms, the referrers of one manifest, or
/// the table of an image layout. Loss-free, as <see cref="ImageManifest"/> is.</summary>
public sealed class ImageIndex
{
    private const string Document = "index";
    private readonly JsonElement _document;

    private ImageIndex(JsonElement document)
    {
        _document = document;
        MediaType = OciJson.OptionalString(document, "mediaType", Document);
        Manifests = OciJson.Descriptors(document, "manifests", Document);
        Annotations = OciJson.Annotations(document, Document);
    }

    public string? MediaType { get; }

    public IReadOnlyList<Descriptor> Manifests { get; }

    public IReadOnlyDictionary<string, string> Annotations { get; }

    /// <exception cref="OciContentException">It is not an index, names a key twice, or is larger than an index may be.</exception>
    public static ImageIndex Parse(ReadOnlySpan<byte> utf8) =>
        new(OciJson.ParseObject(utf8, Document, OciLimits.MaximumManifestBytes));

    public static ImageIndex Create(IEnumerable<Descriptor> manifests) => Parse(OciJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", 2);
        writer.WriteString("mediaType", MediaTypes.ImageIndex);
        writer.WritePropertyName("manifests");
        WriteManifests(writer, manifests);
        writer.WriteEndObject();
    }));

    public ImageIndex WithManifests(IEnumerable<Descriptor> manifests) =>
        Parse(OciJson.WriteWith(_document, "manifests", writer => WriteManifests(writer, manifests)));

    public byte[] ToJson() => OciJson.Raw(_document);

    private static void WriteManifests(Utf8JsonWriter writer, IEnumerable<Descriptor> manifests)
    {
        writer.WriteStartArray();
        foreach (var manifest in manifests)
        {
            manifest.Write(writer);
        }

        writer.WriteEndArray();
    }
}
