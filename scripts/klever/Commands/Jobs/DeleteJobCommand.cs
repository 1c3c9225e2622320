using System.CommandLine;
using System.Text.Json.Nodes;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands.Jobs;

/// <summary><c>klever jobs delete NAME</c>: with its Job and pods.</summary>
internal static class DeleteJobCommand
{
    public static Command Create(CommandContext context)
    {
        var name = JobsCommand.Name();
        var output = CommonOptions.Output();
        var command = new Command("delete", "Delete a ModelJob with its Job and pods.") { name, output };
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var deleted = arguments.GetValue(name)!;
            await klever.DeleteAsync(space.Path(arguments, "modeljobs", deleted), cancellationToken);
            ObjectView.Write(context, arguments.GetValue(output), new JsonObject { ["deleted"] = deleted }, $"deleted {deleted}");
        });
        return command;
    }
}
