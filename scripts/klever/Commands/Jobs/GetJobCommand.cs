using System.CommandLine;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands.Jobs;

/// <summary><c>klever jobs get NAME</c>.</summary>
internal static class GetJobCommand
{
    public static Command Create(CommandContext context)
    {
        var name = JobsCommand.Name();
        var output = CommonOptions.Output();
        var command = new Command("get", "Show a ModelJob.") { name, output };
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var job = await klever.GetAsync(space.Path(arguments, "modeljobs", arguments.GetValue(name)!), cancellationToken);
            ObjectView.Write(context, arguments.GetValue(output), job, JobLine.Of(job));
        });
        return command;
    }
}
