using System.Text;
using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.Functions.Models.Comparison;

/// <summary>The CSV of Klever Model Registry, byte for byte: a byte order mark, so that spreadsheets see UTF-8; seven rows, a column
/// for each model; line feeds; quotes where Go's encoding/csv writes them.</summary>
internal static class ComparisonDocument
{
    private const string Absent = "-";
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public static byte[] Write(IReadOnlyList<ComparedModel> models)
    {
        var text = new StringBuilder();
        WriteRow(text, ["Basic Info"]);
        WriteRow(text, ["Model Name", .. models.Select(model => model.Path)]);
        WriteRow(text, ["Model Source", .. models.Select(model => model.OrmbFile.Author ?? "")]);
        WriteRow(text, ["Model Framework", .. models.Select(model => model.OrmbFile.Framework ?? "")]);
        WriteRow(text, ["Model Format", .. models.Select(model => model.OrmbFile.FormatName ?? "")]);
        WriteRow(text, ["Model Inputs", .. models.Select(model => Tensors(model.OrmbFile, "inputs"))]);
        WriteRow(text, ["Model Outputs", .. models.Select(model => Tensors(model.OrmbFile, "outputs"))]);
        return [.. ByteOrderMark, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Tensors(OrmbFile ormbFile, string part) =>
        ormbFile.Get("signature") is JsonObject signature && signature[part] is not null
            ? GoJson.Write(part == "inputs" ? ormbFile.Signature.Inputs : ormbFile.Signature.Outputs)
            : Absent;

    private static void WriteRow(StringBuilder text, IReadOnlyList<string> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            text.Append(i > 0 ? "," : "").Append(NeedsQuotes(fields[i]) ? $"\"{fields[i].Replace("\"", "\"\"")}\"" : fields[i]);
        }

        text.Append('\n');
    }

    // encoding/csv, Writer.fieldNeedsQuotes: also a space in front, and Postgres' end of data.
    private static bool NeedsQuotes(string field) =>
        field.Length > 0 && (field == @"\." || field.AsSpan().IndexOfAny(",\"\r\n") >= 0 || char.IsWhiteSpace(field[0]));
}
