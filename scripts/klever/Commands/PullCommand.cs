using System.CommandLine;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;
using Klever.CommandLine.Store;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever pull REF</c>: keeps a model of the registry on this machine.</summary>
internal static class PullCommand
{
    public static Command Create(CommandContext context)
    {
        var name = CommonOptions.Reference();
        var output = CommonOptions.Output();
        var command = new Command("pull", "Fetch a model from its registry and keep it on this machine.") { name, output };
        var registry = new RegistryFlagOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var location = ModelLocation.Open(context, arguments.GetValue(name)!, registry.Read(arguments));
            var model = await ModelArtifacts.FetchAsync(location.Repository, location.Reference.TagOrDigest!, cancellationToken);
            await TransferProgress.RunAsync(context, $"pulling {location.Reference}", model.Layer.Size, progress =>
                ModelArtifacts.PullAsync(
                    location.Repository, model, LocalStore.Open(context), location.Reference.ToString(), progress, cancellationToken));
            ArtifactView.Write(context, arguments.GetValue(output), "pulled", location.Reference, model);
        });
        return command;
    }
}
