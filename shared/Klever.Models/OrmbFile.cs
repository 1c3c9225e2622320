using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klever.Models;

/// <summary>The description of a model: the JSON config blob of its artifact and the <c>ormbfile.yaml</c> beside its files
/// (ORMB v1alpha1). Loss-free: keys that this type does not know are kept, in their order.</summary>
/// <remarks>Values are immutable; <c>With…</c> members give a changed copy.</remarks>
public sealed class OrmbFile
{
    /// <summary>The media type of the config blob in an ORMB artifact.</summary>
    public const string MediaType = "application/vnd.caicloud.model.config.v1alpha1+json";

    /// <summary>The file beside <c>model/</c> that holds this document as YAML.</summary>
    public const string FileName = "ormbfile.yaml";

    /// <summary>Bytes of a document at most; the config blob of a manifest has the same limit.</summary>
    public const int MaximumSize = 4 * 1024 * 1024;

    private readonly JsonObject _document;

    private OrmbFile(JsonObject document) => _document = document;

    public static OrmbFile Empty => new([]);

    public string? Author => Text("author");

    public string? Description => Text("description");

    public string? Framework => Text("framework");

    /// <summary>The declared format as written, known or not; <see cref="ModelFormat.TryParse"/> tells.</summary>
    public string? FormatName => Text("format");

    /// <summary>The declared format when it is a known one.</summary>
    public ModelFormat? Format => ModelFormat.TryParse(FormatName, out var format) ? format : null;

    /// <summary>The declared signature; empty when there is none.</summary>
    /// <exception cref="OrmbFileException">The signature is not of the shape that ORMB defines.</exception>
    public Signature Signature => SignatureJson.Read(_document["signature"]);

    /// <summary>Whether inputs, outputs or layers are declared at all.</summary>
    public bool HasSignature => _document["signature"] is JsonObject { Count: > 0 };

    /// <summary>Reads the config blob of an artifact.</summary>
    /// <exception cref="OrmbFileException">It is not a JSON object.</exception>
    public static OrmbFile FromJson(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaximumSize)
        {
            throw new OrmbFileException($"the config is {utf8.Length} bytes long; at most {MaximumSize} are read.");
        }

        try
        {
            var node = JsonNode.Parse(utf8, documentOptions: new JsonDocumentOptions { MaxDepth = OrmbYamlReader.MaximumDepth });
            return node is JsonObject document
                ? new OrmbFile(Materialized(document))
                : throw new OrmbFileException("the config is not a JSON object, so it cannot be an ormbfile.");
        }
        catch (JsonException exception)
        {
            throw new OrmbFileException(
                $"the config is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}.", exception);
        }
        catch (ArgumentException exception)
        {
            throw new OrmbFileException($"the config names a key twice: {Excerpt.Of(exception.Message)}", exception);
        }
    }

    /// <summary>Reads <c>ormbfile.yaml</c>: one document, plain scalars by the YAML core schema.</summary>
    /// <exception cref="OrmbFileException">It is not YAML, not a mapping, or larger or deeper than the limits.</exception>
    public static OrmbFile FromYaml(string yaml) => new(OrmbYamlReader.Read(yaml));

    /// <summary>The document as the bytes of a config blob: compact JSON, keys in their order.</summary>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = OrmbJson.Encoder }))
        {
            _document.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    /// <summary>The document as <c>ormbfile.yaml</c>; <see cref="FromYaml"/> gives it back unchanged.</summary>
    public string ToYaml() => OrmbYamlWriter.Write(_document);

    /// <summary>A copy of the document as JSON.</summary>
    public JsonObject ToJsonObject() => (JsonObject)_document.DeepClone();

    /// <summary>The value of any key, known or not.</summary>
    public JsonNode? Get(string key) => _document[key]?.DeepClone();

    public OrmbFile WithFormat(ModelFormat format) => With("format", JsonValue.Create(format.Name));

    public OrmbFile WithFramework(string framework) => With("framework", JsonValue.Create(framework));

    /// <summary>A copy with <paramref name="key"/> set, or removed when <paramref name="value"/> is null.</summary>
    public OrmbFile With(string key, JsonNode? value)
    {
        var copy = ToJsonObject();
        if (value is null)
        {
            copy.Remove(key);
        }
        else
        {
            copy[key] = value.DeepClone();
        }

        return new OrmbFile(copy);
    }

    /// <summary>The document after an extraction: layers are replaced, inputs and outputs only by non-empty ones, everything
    /// else in the document and in its signature stays.</summary>
    public OrmbFile WithExtracted(Signature extracted)
    {
        var copy = ToJsonObject();
        var signature = copy["signature"] as JsonObject ?? [];
        copy["signature"] = signature.Parent is null ? signature : signature.DeepClone();
        SignatureJson.Merge((JsonObject)copy["signature"]!, extracted);
        return new OrmbFile(copy);
    }

    // JsonNode finds duplicate keys only on first use; use it here, where the error can name the document.
    private static JsonObject Materialized(JsonObject document)
    {
        foreach (var (_, value) in document)
        {
            Materialize(value);
        }

        return document;

        static void Materialize(JsonNode? node)
        {
            foreach (var child in node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] })
            {
                Materialize(child);
            }
        }
    }

    private string? Text(string key) =>
        _document[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
