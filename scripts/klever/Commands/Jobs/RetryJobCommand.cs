using System.CommandLine;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands.Jobs;

/// <summary><c>klever jobs retry NAME</c>: does the work of a failed ModelJob once more.</summary>
internal static class RetryJobCommand
{
    public static Command Create(CommandContext context)
    {
        var name = JobsCommand.Name();
        var wait = new Option<bool>("--wait") { Description = "Wait until it has ended; exit code 32 when it failed again." };
        var output = CommonOptions.Output();
        var command = new Command("retry", "Do the work of a failed ModelJob once more.") { name, wait, output };
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var path = space.Path(arguments, "modeljobs", arguments.GetValue(name)!);
            var job = await klever.PostAsync($"{path}/retry", body: null, cancellationToken);
            if (arguments.GetValue(wait))
            {
                job = await JobEnd.WaitAsync(klever, path, cancellationToken);
            }

            ObjectView.Write(context, arguments.GetValue(output), job, JobLine.Of(job));
            JobEnd.ThrowIfFailed(job);
        });
        return command;
    }
}
