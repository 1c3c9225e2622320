using System.CommandLine;
using System.IO.Compression;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;
using Klever.CommandLine.Store;
using Klever.Models;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever push [DIR] REF</c>: a directory straight to the registry, or what <c>save</c> kept under that reference.</summary>
internal static class PushCommand
{
    public static Command Create(CommandContext context)
    {
        var names = new Argument<string[]>("dir and ref")
        {
            Description = "The directory in ORMB layout, when it is not saved yet; and the reference.",
            Arity = new ArgumentArity(1, 2),
        };
        var output = CommonOptions.Output();
        var compression = CompressionOption.Create();
        var command = new Command("push", "Push a model: a directory as it is, or one that was saved.") { names, output, compression };
        var registry = new RegistryFlagOptions(context, command);
        command.SetAction(
            context,
            async (arguments, cancellationToken) =>
            {
                var given = arguments.GetValue(names)!;
                using var location = ModelLocation.Open(context, given[^1], registry.Read(arguments));
                var model = given.Length == 2
                    ? await PushDirectoryAsync(context, given[0], location, arguments.GetValue(compression), cancellationToken)
                    : await PushSavedAsync(context, location, cancellationToken);
                ArtifactView.Write(context, arguments.GetValue(output), "pushed", location.Reference, model);
            },
            JobExitCode.Push);
        return command;
    }

    private static async Task<ModelArtifact> PushDirectoryAsync(
        CommandContext context, string directory, ModelLocation location, CompressionLevel level, CancellationToken cancellationToken)
    {
        var model = ModelDirectory.Open(directory);
        ModelArtifact? pushed = null;
        await TransferProgress.RunAsync(context, $"pushing {location.Reference}", model.Length, async progress =>
            pushed = await ModelArtifacts.PushAsync(
                location.Repository, location.Reference.Tag, model, level, progress, cancellationToken: cancellationToken));
        return pushed!;
    }

    private static async Task<ModelArtifact> PushSavedAsync(
        CommandContext context, ModelLocation location, CancellationToken cancellationToken)
    {
        var layout = LocalStore.Open(context).Layout;
        var model = LocalStore.Find(context, location.Reference);
        await TransferProgress.RunAsync(context, $"pushing {location.Reference}", model.Layer.Size, progress =>
            ModelArtifacts.PushAsync(location.Repository, location.Reference.Tag, layout, model, progress, cancellationToken));
        return model;
    }
}
