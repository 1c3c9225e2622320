using System.CommandLine;
using Klever.Models;

namespace Klever.CommandLine;

/// <summary>How every command runs: what it throws becomes one line on standard error and an exit code.</summary>
internal static class CommandAction
{
    public static void SetAction(
        this Command command,
        CommandContext context,
        Func<ParseResult, CancellationToken, Task> action,
        JobExitCode stage = JobExitCode.Pull) =>
        command.SetAction(async (arguments, cancellationToken) =>
        {
            try
            {
                await action(arguments, cancellationToken);
                return (int)JobExitCode.Done;
            }
            catch (Exception exception)
            {
                await context.Error.WriteLineAsync($"klever {command.Name}: {Failure.Sentence(exception)}");
                return (int)Failure.ExitCode(exception, stage);
            }
        });
}
