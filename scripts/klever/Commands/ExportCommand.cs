using System.CommandLine;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;
using Klever.CommandLine.Store;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever export REF</c>: writes <c>model/</c> and <c>ormbfile.yaml</c>, of a model on this machine or, when it is not
/// there, straight from its registry.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandContext context)
    {
        var name = CommonOptions.Reference();
        var directory = new Option<string>("--directory", "-d", "-o")
        {
            Description = "Where to; it must hold neither model/ nor ormbfile.yaml yet.",
            DefaultValueFactory = _ => ".",
        };
        var output = new Option<OutputFormat>("--output") { Description = "How to show what was done." };
        var command = new Command("export", "Write the files of a model and its ormbfile.yaml.") { name, directory, output };
        var registry = new RegistryFlagOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            var target = Path.GetFullPath(arguments.GetValue(directory)!);
            using var location = ModelLocation.Open(context, arguments.GetValue(name)!, registry.Read(arguments));
            var layout = LocalStore.Open(context).Layout;
            var saved = ModelArtifacts.TryFind(layout, location.Reference.ToString());
            var model = saved
                ?? await ModelArtifacts.FetchAsync(location.Repository, location.Reference.TagOrDigest!, cancellationToken);
            await WriteAsync(
                context,
                target,
                model,
                open: () => saved is null
                    ? location.Repository.FetchBlobAsync(model.Layer, cancellationToken)
                    : Task.FromResult(layout.OpenBlob(model.Layer)),
                cancellationToken);
            ArtifactView.Write(context, arguments.GetValue(output), "exported", location.Reference, model);
        });
        return command;
    }

    private static async Task WriteAsync(
        CommandContext context, string target, ModelArtifact model, Func<Task<Stream>> open, CancellationToken cancellationToken)
    {
        var description = Path.Combine(target, OrmbFile.FileName);
        if (File.Exists(description))
        {
            throw new UsageException($"{description} is already there; remove it or name another directory.");
        }

        await TransferProgress.RunAsync(context, $"exporting to {target}", model.Layer.Size, async progress =>
        {
            await using var layer = ProgressStream.Of(await open(), progress);
            await ModelLayer.ExtractToAsync(layer, model.Layer.MediaType, target, cancellationToken: cancellationToken);
        });
        await File.WriteAllTextAsync(description, model.OrmbFile.ToYaml(), cancellationToken);
    }
}
