using System.CommandLine;
using Klever.CommandLine.Completion;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever completion SHELL</c>: the script that makes a shell complete klever's commands and options.</summary>
internal static class CompletionCommand
{
    public static Command Create(CommandContext context)
    {
        var shell = new Argument<string>("shell") { Description = string.Join(", ", CompletionScripts.All.Keys) };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.All.Keys]);
        var command = new Command("completion", "Write the completion script of a shell.") { shell };
        command.SetAction(context, (arguments, _) => context.Output.WriteLineAsync(CompletionScripts.All[arguments.GetValue(shell)!]));
        return command;
    }
}
