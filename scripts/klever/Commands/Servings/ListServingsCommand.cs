using System.CommandLine;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands.Servings;

/// <summary><c>klever servings list</c>.</summary>
internal static class ListServingsCommand
{
    public static Command Create(CommandContext context)
    {
        var output = CommonOptions.Output();
        var command = new Command("list", "List servings.") { output };
        var page = new PageOptions(command);
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var list = await klever.GetAsync(space.Path(arguments, "servings") + page.Query(arguments), cancellationToken);
            ListView.Write(
                context,
                arguments.GetValue(output),
                list,
                ("name", serving => Field.Of(serving, "metadata", "name")),
                ("models", ServingLine.Models),
                ("state", ServingLine.State));
        });
        return command;
    }
}
