using System.CommandLine;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands.Jobs;

/// <summary><c>klever jobs events NAME</c>.</summary>
internal static class JobEventsCommand
{
    public static Command Create(CommandContext context)
    {
        var name = JobsCommand.Name();
        var output = CommonOptions.Output();
        var command = new Command("events", "Show what the cluster noted about a ModelJob, its Job and its pods.") { name, output };
        var page = new PageOptions(command);
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var list = await klever.GetAsync(
                space.Path(arguments, "modeljobs", arguments.GetValue(name)!, "events") + page.Query(arguments), cancellationToken);
            EventView.Write(context, arguments.GetValue(output), list);
        });
        return command;
    }
}
