using System.CommandLine;
using Klever.CommandLine.Initialization;
using Klever.CommandLine.Initialization.Layouts;
using Klever.CommandLine.Registry;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever pull-and-export REF DST</c>: the arguments of ORMB's own initializer, for pods that were made
/// for it.</summary>
internal static class PullAndExportCommand
{
    public static Command Create(CommandContext context)
    {
        var name = CommonOptions.Reference();
        var directory = new Argument<string>("dst") { Description = "Where the model goes." };
        var relayout = new Option<bool>("--relayout")
        {
            Description = "Rename model/ to 1/, or for MLflow put its files directly into dst.",
            DefaultValueFactory = _ => true,
        };
        var command = new Command("pull-and-export", "Fetch a model as ormb-storage-initializer does.")
        {
            name, directory, relayout,
        };
        var registry = new RegistryFlagOptions(context, command);
        command.SetAction((arguments, cancellationToken) => InitializationRun.RunAsync(
            context,
            command.Name,
            [arguments.GetValue(name)!, arguments.GetValue(directory)!],
            registry.Read(arguments),
            () => new InitializationOptions { Layout = arguments.GetValue(relayout) ? Layout.Ormb : Layout.Plain },
            cancellationToken));
        return command;
    }
}
