using System.Text.Json.Nodes;
using Klever.CommandLine.Api;

namespace Klever.CommandLine.Output;

/// <summary>Shows a list of the API: a table with the fields that a person looks for, or the document itself.</summary>
internal static class ListView
{
    public static void Write(
        CommandContext context, OutputFormat output, JsonObject list, params ReadOnlySpan<(string Title, Func<JsonObject, string> Read)> columns)
    {
        if (output != OutputFormat.Table)
        {
            Document.Write(context.Output, output, list);
            return;
        }

        var fields = columns.ToArray();
        var table = new PlainTable(title: null, [.. fields.Select(field => field.Title)]);
        foreach (var item in Field.Items(list))
        {
            table.Add([.. fields.Select(field => field.Read(item))]);
        }

        table.Write(context);
    }
}
