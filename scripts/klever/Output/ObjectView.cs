using System.Text.Json.Nodes;

namespace Klever.CommandLine.Output;

/// <summary>Shows one object of the API: what became of it in a line, or the object.</summary>
internal static class ObjectView
{
    public static void Write(CommandContext context, OutputFormat output, JsonObject item, string line)
    {
        if (output == OutputFormat.Table)
        {
            context.Output.WriteLine(line);
            return;
        }

        Document.Write(context.Output, output, item);
    }
}
