using System.Text.Json.Nodes;
using Klever.CommandLine.Output;
using Klever.Formats;
using Klever.Models;

namespace Klever.CommandLine.Inspection;

/// <summary>Shows what reading a model gave.</summary>
internal static class ExtractionView
{
    public static void Write(CommandContext context, OutputFormat output, Extraction extraction)
    {
        if (output == OutputFormat.Table)
        {
            WriteTables(context, extraction);
            return;
        }

        Document.Write(context.Output, output, ToJson(extraction));
    }

    private static JsonObject ToJson(Extraction extraction) => new()
    {
        ["format"] = extraction.Format.Name,
        ["framework"] = extraction.Format.Framework,
        ["signature"] = SignatureJson.Write(extraction.Signature),
        ["files"] = new JsonArray([.. extraction.Files.Select(ToJson)]),
    };

    private static JsonNode ToJson(ExtractedFile file) =>
        new JsonObject { ["path"] = file.Path, ["size"] = file.Length, ["isRead"] = file.WasRead };

    private static void WriteTables(CommandContext context, Extraction extraction)
    {
        context.Output.WriteLine($"{extraction.Format.Name} ({extraction.Format.Framework})");
        WriteTensors(context, "inputs", extraction.Signature.Inputs);
        WriteTensors(context, "outputs", extraction.Signature.Outputs);

        var layers = new PlainTable(title: null, "layer", "count");
        foreach (var layer in extraction.Signature.Layers)
        {
            layers.Add(layer.Type, $"{layer.Count}");
        }

        layers.Write(context);

        var files = new PlainTable(title: null, "file", "bytes");
        foreach (var file in extraction.Files)
        {
            files.Add(Excerpt.Of(file.Path), $"{file.Length}");
        }

        files.Write(context);
    }

    private static void WriteTensors(CommandContext context, string kind, IReadOnlyList<Tensor> tensors)
    {
        var table = new PlainTable(title: null, kind, "type", "size", "values");
        foreach (var tensor in tensors)
        {
            table.Add(
                Excerpt.Of(tensor.Name),
                string.Join(' ', new[] { tensor.DType, tensor.OpType }.Where(text => text is not null)),
                tensor.Size is null ? "?" : $"[{string.Join(", ", tensor.Size)}]",
                Excerpt.Of(string.Join(", ", tensor.Values ?? [])));
        }

        table.Write(context);
    }
}
