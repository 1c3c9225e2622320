using System.CommandLine;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands.Servings;

/// <summary><c>klever servings events NAME</c>.</summary>
internal static class ServingEventsCommand
{
    public static Command Create(CommandContext context)
    {
        var name = ServingsCommand.Name();
        var output = CommonOptions.Output();
        var command = new Command("events", "Show what the cluster noted about a serving and its pods.") { name, output };
        var page = new PageOptions(command);
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var list = await klever.GetAsync(
                space.Path(arguments, "servings", arguments.GetValue(name)!, "events") + page.Query(arguments), cancellationToken);
            EventView.Write(context, arguments.GetValue(output), list);
        });
        return command;
    }
}
