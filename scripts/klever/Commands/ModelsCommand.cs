using System.CommandLine;
using System.Text.Json.Nodes;
using Klever.CommandLine.Output;
using Klever.CommandLine.Store;
using Klever.Oci.Layout;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever models</c>: what is kept on this machine; <c>klever models list</c>: what a registry has.</summary>
internal static class ModelsCommand
{
    public static Command Create(CommandContext context)
    {
        var output = CommonOptions.Output();
        var command = new Command("models", "List the models on this machine.") { output, ListModelsCommand.Create(context) };
        command.SetAction(context, (arguments, _) =>
        {
            Write(context, arguments.GetValue(output), List(context));
            return Task.CompletedTask;
        });
        return command;
    }

    private static List<(string Name, ModelArtifact Model)> List(CommandContext context)
    {
        var layout = LocalStore.Open(context).Layout;
        return [.. layout.Manifests
            .Select(OciLayout.NameOf)
            .OfType<string>()
            .Order(StringComparer.Ordinal)
            .Select(name => (name, ModelArtifacts.TryFind(layout, name)!))];
    }

    private static void Write(CommandContext context, OutputFormat output, List<(string Name, ModelArtifact Model)> models)
    {
        if (output != OutputFormat.Table)
        {
            var list = new JsonArray([.. models.Select(entry => (JsonNode)ArtifactView.ToJson(entry.Name, entry.Model))]);
            Document.Write(context.Output, output, new JsonObject { ["models"] = list });
            return;
        }

        var table = new PlainTable(title: null, "model", "format", "digest", "bytes");
        foreach (var (name, model) in models)
        {
            table.Add(name, model.OrmbFile.FormatName ?? "?", model.Digest.Short, $"{model.Layer.Size}");
        }

        table.Write(context);
    }
}
