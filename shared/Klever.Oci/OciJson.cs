using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Klever.Models;

namespace Klever.Oci;

/// <summary>Reads and writes OCI documents so that what is not changed keeps its bytes.</summary>
internal static class OciJson
{
    // "+" stays "+" in media types, as every other OCI tool writes it.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions ReaderOptions = new()
    {
        MaxDepth = OciLimits.MaximumDocumentDepth,
        AllowDuplicateProperties = false,
    };

    public static JsonElement ParseObject(ReadOnlySpan<byte> utf8, string document, int maximumBytes)
    {
        if (utf8.Length > maximumBytes)
        {
            throw new OciContentException(
                OciContentProblem.TooLarge, $"the {document} has {utf8.Length} bytes; at most {maximumBytes} are read.");
        }

        try
        {
            var element = JsonElement.Parse(utf8, ReaderOptions);
            return element.ValueKind == JsonValueKind.Object ? element : throw Malformed(document, "it is not a JSON object");
        }
        catch (JsonException exception)
        {
            throw Malformed(document, Excerpt.Of(exception.Message), exception);
        }
    }

    public static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            content(writer);
        }

        return buffer.ToArray();
    }

    /// <summary>The bytes of <paramref name="document"/> with one property set, replaced in its place, or (null) removed.</summary>
    public static byte[] WriteWith(JsonElement document, string name, Action<Utf8JsonWriter>? value) => Write(writer =>
    {
        var written = false;
        writer.WriteStartObject();
        foreach (var property in document.EnumerateObject())
        {
            if (property.NameEquals(name))
            {
                written = true;
                WriteProperty(writer, name, value);
            }
            else
            {
                writer.WritePropertyName(property.Name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(property.Value), skipInputValidation: true);
            }
        }

        if (!written)
        {
            WriteProperty(writer, name, value);
        }

        writer.WriteEndObject();
    });

    public static byte[] Raw(JsonElement element) => JsonMarshal.GetRawUtf8Value(element).ToArray();

    public static string? OptionalString(JsonElement element, string name, string document) =>
        !element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Malformed(document, $"\"{name}\" is not a string");

    public static IReadOnlyDictionary<string, string> Annotations(JsonElement element, string document)
    {
        if (!element.TryGetProperty("annotations", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return new Dictionary<string, string>();
        }

        return value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(a => a.Value.ValueKind == JsonValueKind.String)
            ? value.EnumerateObject().ToDictionary(a => a.Name, a => a.Value.GetString()!, StringComparer.Ordinal)
            : throw Malformed(document, "\"annotations\" is not an object of strings");
    }

    public static IReadOnlyList<Descriptor> Descriptors(JsonElement element, string name, string document)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select((entry, i) => Descriptor.Read(entry, $"{document}, {name}[{i}]"))]
            : throw Malformed(document, $"\"{name}\" is not an array");
    }

    public static void WriteAnnotations(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> annotations)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in annotations.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }

    public static OciContentException Malformed(string document, string problem, Exception? inner = null) =>
        new(OciContentProblem.NotTheDocument, $"the {document} cannot be read: {problem}.", inner);

    private static void WriteProperty(Utf8JsonWriter writer, string name, Action<Utf8JsonWriter>? value)
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            value(writer);
        }
    }
}
