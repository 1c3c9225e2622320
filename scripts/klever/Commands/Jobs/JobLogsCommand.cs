using System.CommandLine;
using System.Text.Json.Nodes;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands.Jobs;

/// <summary><c>klever jobs logs NAME</c>: the log of its newest pod; with <c>-f</c> from its first line until the job has ended.</summary>
internal static class JobLogsCommand
{
    private const int DefaultLines = 100;

    public static Command Create(CommandContext context)
    {
        var name = JobsCommand.Name();
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the job has ended; exit code 32 when it failed." };
        var container = new Option<string?>("--container", "-c") { Description = "Which container; the first one without it.", HelpName = "name" };
        var tail = new Option<int>("--tail")
        {
            Description = "Lines to show, from the end.",
            HelpName = "n",
            DefaultValueFactory = _ => DefaultLines,
        };
        var previous = new Option<bool>("--previous", "-p") { Description = "The log before the last restart." };
        var output = CommonOptions.Output();
        var command = new Command("logs", "Show the log of a ModelJob.") { name, follow, container, tail, previous, output };
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var log = new JobLog(klever, arguments.GetValue(name)!, parts => space.Path(arguments, parts), arguments.GetValue(container));
            if (arguments.GetValue(follow))
            {
                JobEnd.ThrowIfFailed(await log.FollowAsync(context, cancellationToken));
                return;
            }

            Write(
                context,
                arguments.GetValue(output),
                await log.ReadAsync(arguments.GetValue(tail), arguments.GetValue(previous), cancellationToken));
        });
        return command;
    }

    private static void Write(CommandContext context, OutputFormat output, JsonObject details)
    {
        if (output != OutputFormat.Table)
        {
            Document.Write(context.Output, output, details);
            return;
        }

        foreach (var line in details["logs"] as JsonArray ?? [])
        {
            context.Output.WriteLine(Field.Of(line, "content"));
        }
    }
}
