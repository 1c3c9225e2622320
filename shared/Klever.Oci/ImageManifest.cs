using System.Text.Json;

namespace Klever.Oci;

/// <summary>A manifest (OCI image specification, manifest.md; Docker's schema 2 has the same shape). Loss-free: a changed copy
/// keeps every property that was not changed, known or not, byte for byte and in its place.</summary>
public sealed class ImageManifest
{
    private const string Document = "manifest";
    private readonly JsonElement _document;

    private ImageManifest(JsonElement document)
    {
        _document = document;
        SchemaVersion = document.TryGetProperty("schemaVersion", out var version) && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out var number) && number == 2
            ? number
            : throw OciJson.Malformed(Document, "\"schemaVersion\" is not 2");
        MediaType = OciJson.OptionalString(document, "mediaType", Document);
        ArtifactType = OciJson.OptionalString(document, "artifactType", Document);
        Config = document.TryGetProperty("config", out var config)
            ? Descriptor.Read(config, $"{Document}, config")
            : throw OciJson.Malformed(Document, "\"config\" is missing");
        Layers = OciJson.Descriptors(document, "layers", Document);
        Subject = document.TryGetProperty("subject", out var subject) && subject.ValueKind != JsonValueKind.Null
            ? Descriptor.Read(subject, $"{Document}, subject")
            : null;
        Annotations = OciJson.Annotations(document, Document);
    }

    /// <summary>Always 2.</summary>
    public int SchemaVersion { get; }

    /// <summary>The type that the document itself names; ORMB writes none.</summary>
    public string? MediaType { get; }

    public string? ArtifactType { get; }

    public Descriptor Config { get; }

    public IReadOnlyList<Descriptor> Layers { get; }

    /// <summary>The manifest that this one refers to, such as the model of a signature.</summary>
    public Descriptor? Subject { get; }

    public IReadOnlyDictionary<string, string> Annotations { get; }

    /// <summary>A new manifest. Without <paramref name="mediaType"/> the document names none, as ORMB writes it.</summary>
    public static ImageManifest Create(
        Descriptor config,
        IEnumerable<Descriptor> layers,
        string? mediaType = MediaTypes.ImageManifest,
        string? artifactType = null,
        Descriptor? subject = null,
        IReadOnlyDictionary<string, string>? annotations = null)
    {
        var manifest = Parse(OciJson.Write(writer => Write(writer, config, layers, mediaType, artifactType)));
        manifest = subject is null ? manifest : manifest.WithSubject(subject);
        return annotations is null or { Count: 0 } ? manifest : manifest.WithAnnotations(annotations);
    }

    /// <exception cref="OciContentException">It is not a manifest, names a key twice, or is larger than a manifest may be.</exception>
    public static ImageManifest Parse(ReadOnlySpan<byte> utf8) =>
        new(OciJson.ParseObject(utf8, Document, OciLimits.MaximumManifestBytes));

    public ImageManifest WithConfig(Descriptor config) => With("config", config.Write);

    public ImageManifest WithSubject(Descriptor subject) => With("subject", subject.Write);

    /// <summary>A copy with these annotations added; one of the same name is replaced.</summary>
    public ImageManifest WithAnnotations(IReadOnlyDictionary<string, string> annotations)
    {
        var merged = new Dictionary<string, string>(Annotations, StringComparer.Ordinal);
        foreach (var (name, value) in annotations)
        {
            merged[name] = value;
        }

        return With("annotations", writer => OciJson.WriteAnnotations(writer, merged));
    }

    /// <summary>The bytes to push. Their digest is the manifest's, so they are made once and sent as they are.</summary>
    public byte[] ToJson() => OciJson.Raw(_document);

    private ImageManifest With(string property, Action<Utf8JsonWriter> value) =>
        Parse(OciJson.WriteWith(_document, property, value));

    private static void Write(
        Utf8JsonWriter writer, Descriptor config, IEnumerable<Descriptor> layers, string? mediaType, string? artifactType)
    {
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", 2);
        if (mediaType is not null)
        {
            writer.WriteString("mediaType", mediaType);
        }

        if (artifactType is not null)
        {
            writer.WriteString("artifactType", artifactType);
        }

        writer.WritePropertyName("config");
        config.Write(writer);
        writer.WriteStartArray("layers");
        foreach (var layer in layers)
        {
            layer.Write(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
