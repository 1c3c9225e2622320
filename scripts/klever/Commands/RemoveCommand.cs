using System.CommandLine;
using System.Text.Json.Nodes;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;
using Klever.CommandLine.Store;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever remove REF</c>: forgets a model on this machine and frees what only it used. Registries are not touched.</summary>
internal static class RemoveCommand
{
    public static Command Create(CommandContext context)
    {
        var name = CommonOptions.Reference();
        var output = CommonOptions.Output();
        var command = new Command("remove", "Remove a model from this machine.") { name, output };
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            var reference = ModelLocation.Complete(context, arguments.GetValue(name)!);
            var store = LocalStore.Open(context);
            if (!await store.RemoveReferenceAsync(reference.ToString(), cancellationToken))
            {
                throw new UsageException($"{reference} is not on this machine; \"klever models\" lists what is.");
            }

            var freed = await store.DeleteUnreferencedBlobsAsync(cancellationToken);
            ObjectView.Write(
                context,
                arguments.GetValue(output),
                new JsonObject { ["removed"] = reference.ToString(), ["freed"] = freed },
                $"removed {reference}: {freed} bytes freed");
        });
        return command;
    }
}
