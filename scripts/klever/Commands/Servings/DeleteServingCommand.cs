using System.CommandLine;
using System.Text.Json.Nodes;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands.Servings;

/// <summary><c>klever servings delete NAME</c>.</summary>
internal static class DeleteServingCommand
{
    public static Command Create(CommandContext context)
    {
        var name = ServingsCommand.Name();
        var output = CommonOptions.Output();
        var command = new Command("delete", "End a serving.") { name, output };
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var deleted = arguments.GetValue(name)!;
            await klever.DeleteAsync(space.Path(arguments, "servings", deleted), cancellationToken);
            ObjectView.Write(context, arguments.GetValue(output), new JsonObject { ["deleted"] = deleted }, $"deleted {deleted}");
        });
        return command;
    }
}
