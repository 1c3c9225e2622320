using System.CommandLine;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands.Servings;

/// <summary><c>klever servings get NAME</c>.</summary>
internal static class GetServingCommand
{
    public static Command Create(CommandContext context)
    {
        var name = ServingsCommand.Name();
        var output = CommonOptions.Output();
        var command = new Command("get", "Show a serving.") { name, output };
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var serving = await klever.GetAsync(space.Path(arguments, "servings", arguments.GetValue(name)!), cancellationToken);
            ObjectView.Write(context, arguments.GetValue(output), serving, ServingLine.Of(serving));
        });
        return command;
    }
}
