using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.CommandLine.Output;

/// <summary>Writes a document for programs: JSON with an indent of two, or the same as YAML.</summary>
internal static class Document
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, OutputFormat format, JsonObject document) =>
        output.Write(format == OutputFormat.Yaml ? ToYaml(document) : ToJson(document) + "\n");

    public static string ToJson(JsonObject document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            document.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string ToYaml(JsonObject document)
    {
        var file = OrmbFile.Empty;
        foreach (var (key, value) in document)
        {
            file = file.With(key, value);
        }

        return file.ToYaml();
    }
}
