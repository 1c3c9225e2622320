using System.Text.Json.Nodes;
using Klever.CommandLine.Output;
using Klever.Models;

namespace Klever.CommandLine.Inspection;

/// <summary>Shows the table of formats.</summary>
internal static class FormatsView
{
    public static void Write(CommandContext context, OutputFormat output)
    {
        if (output != OutputFormat.Table)
        {
            var formats = new JsonArray([.. ModelFormat.All.Select(ToJson)]);
            Document.Write(context.Output, output, new JsonObject { ["formats"] = formats });
            return;
        }

        var table = new PlainTable(title: null, "format", "framework", "signature", "files in model/");
        foreach (var format in ModelFormat.All)
        {
            table.Add(format.Name, format.Framework, format.IsExtractable ? "extracted" : "-", string.Join(", ", format.Requires));
        }

        table.Write(context);
    }

    private static JsonObject ToJson(ModelFormat format) => new()
    {
        ["format"] = format.Name,
        ["framework"] = format.Framework,
        ["isExtractable"] = format.IsExtractable,
        ["requires"] = new JsonArray([.. format.Requires.Select(rule => JsonValue.Create(rule.ToString()))]),
    };
}
