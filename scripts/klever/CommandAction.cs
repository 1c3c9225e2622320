using System.CommandLine;
using Klever.CommandLine.Api;
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
                await context.Error.WriteLineAsync($"klever {Path(command)}: {Failure.Sentence(exception)}");
                if (context.LogLevel >= CommandContext.Debug)
                {
                    await context.Error.WriteLineAsync(exception.ToString());
                }

                return ApiFailure.ExitCode(exception) ?? (int)Failure.ExitCode(exception, stage);
            }
        });

    // As it is typed: jobs logs.
    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault(parent => parent is not RootCommand) is { } parent
            ? $"{Path(parent)} {command.Name}"
            : command.Name;
}
