using System.Text.Json;
using Klever.Models;

namespace Klever.Oci;

/// <summary>What a manifest says of one blob or manifest (OCI image specification, descriptor.md). One that was read from a
/// document is written back with the very bytes that it was read from, unknown keys included.</summary>
public sealed class Descriptor : IEquatable<Descriptor>
{
    private readonly byte[]? _raw;

    public Descriptor(
        string mediaType,
        Digest digest,
        long size,
        string? artifactType = null,
        IReadOnlyDictionary<string, string>? annotations = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        (MediaType, Digest, Size) = (mediaType, digest, size);
        (ArtifactType, Annotations) = (artifactType, annotations ?? new Dictionary<string, string>());
    }

    private Descriptor(JsonElement element, string place)
        : this(
            OciJson.OptionalString(element, "mediaType", place) ?? throw OciJson.Malformed(place, "\"mediaType\" is missing"),
            Digest.TryParse(OciJson.OptionalString(element, "digest", place), out var digest)
                ? digest
                : throw OciJson.Malformed(place, "\"digest\" is not a sha256 or sha512 digest"),
            element.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.Number
                && size.TryGetInt64(out var bytes) && bytes >= 0
                ? bytes
                : throw OciJson.Malformed(place, "\"size\" is not a count of bytes"),
            OciJson.OptionalString(element, "artifactType", place),
            OciJson.Annotations(element, place)) => _raw = OciJson.Raw(element);

    public string MediaType { get; }

    public Digest Digest { get; }

    /// <summary>Bytes of the content.</summary>
    public long Size { get; }

    /// <summary>The type of the artifact that the manifest is, in an index of referrers.</summary>
    public string? ArtifactType { get; }

    public IReadOnlyDictionary<string, string> Annotations { get; }

    /// <summary>The descriptor of <paramref name="content"/>, by sha256.</summary>
    public static Descriptor Of(string mediaType, ReadOnlySpan<byte> content) =>
        new(mediaType, Digest.Of(content), content.Length);

    /// <summary>A copy with other annotations; keys that this type does not know are not in it.</summary>
    public Descriptor WithAnnotations(IReadOnlyDictionary<string, string> annotations) =>
        new(MediaType, Digest, Size, ArtifactType, annotations);

    /// <summary>The descriptor as the JSON of a manifest.</summary>
    public byte[] ToJson() => OciJson.Write(Write);

    /// <summary>Whether both name the same content as the same type; annotations do not count.</summary>
    public bool Equals(Descriptor? other) =>
        other is not null && MediaType == other.MediaType && Digest == other.Digest && Size == other.Size;

    public override bool Equals(object? obj) => Equals(obj as Descriptor);

    public override int GetHashCode() => HashCode.Combine(MediaType, Digest, Size);

    public override string ToString() => $"{Digest} ({Excerpt.Of(MediaType)}, {Size} bytes)";

    internal static Descriptor Read(JsonElement element, string place) => element.ValueKind == JsonValueKind.Object
        ? new Descriptor(element, place)
        : throw OciJson.Malformed(place, "a descriptor is not an object");

    internal void Write(Utf8JsonWriter writer)
    {
        if (_raw is not null)
        {
            writer.WriteRawValue(_raw, skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("mediaType", MediaType);
        writer.WriteString("digest", Digest.ToString());
        writer.WriteNumber("size", Size);
        if (ArtifactType is not null)
        {
            writer.WriteString("artifactType", ArtifactType);
        }

        if (Annotations.Count > 0)
        {
            writer.WritePropertyName("annotations");
            OciJson.WriteAnnotations(writer, Annotations);
        }

        writer.WriteEndObject();
    }
}
