using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Output;

/// <summary>Says what became of a model: one line, or a document.</summary>
internal static class ArtifactView
{
    /// <param name="verb">Past participle: <c>pushed</c>.</param>
    public static void Write(CommandContext context, OutputFormat output, string verb, ModelReference reference, ModelArtifact model)
    {
        if (output == OutputFormat.Table)
        {
            context.Output.WriteLine($"{verb} {reference}: {model.Digest}, {model.Layer.Size} bytes");
            return;
        }

        Document.Write(context.Output, output, ToJson(reference.ToString(), model));
    }

    public static JsonObject ToJson(string reference, ModelArtifact model) => new()
    {
        ["reference"] = reference,
        ["digest"] = model.Digest.ToString(),
        ["format"] = model.OrmbFile.FormatName,
        ["layer"] = new JsonObject { ["digest"] = model.Layer.Digest.ToString(), ["size"] = model.Layer.Size },
    };
}
