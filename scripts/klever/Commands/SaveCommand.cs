using System.CommandLine;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;
using Klever.CommandLine.Store;
using Klever.Models;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever save DIR REF</c>: packs a directory and keeps it on this machine, under the reference that it will be pushed to.</summary>
internal static class SaveCommand
{
    public static Command Create(CommandContext context)
    {
        var directory = new Argument<string>("dir") { Description = "The directory with model/ and ormbfile.yaml." };
        var name = CommonOptions.Reference();
        var output = CommonOptions.Output();
        var compression = CompressionOption.Create();
        var command = new Command("save", "Pack a directory and keep it on this machine.") { directory, name, output, compression };
        command.SetAction(
            context,
            async (arguments, cancellationToken) =>
            {
                var reference = ModelLocation.Complete(context, arguments.GetValue(name)!);
                var model = ModelDirectory.Open(arguments.GetValue(directory)!);
                ModelArtifact? saved = null;
                await TransferProgress.RunAsync(context, $"saving {reference}", model.Length, async progress =>
                    saved = await ModelArtifacts.SaveAsync(
                        LocalStore.Open(context), reference.ToString(), model, arguments.GetValue(compression), progress, cancellationToken));
                ArtifactView.Write(context, arguments.GetValue(output), "saved", reference, saved!);
            },
            JobExitCode.Save);
        return command;
    }
}
