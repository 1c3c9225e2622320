using System.CommandLine;
using Klever.CommandLine.Commands;
using Klever.CommandLine.Commands.Jobs;
using Klever.CommandLine.Commands.Servings;
using Klever.CommandLine.Settings;
using Klever.Models;

namespace Klever.CommandLine;

/// <summary>The command line as a whole: the table of its commands.</summary>
internal static class KleverCommand
{
    public static async Task<int> RunAsync(string[] arguments, CommandContext process, CancellationToken cancellationToken = default)
    {
        using var trace = TraceContext.Continue(process, "klever");
        var options = new GlobalOptions();
        var context = options.Over(process);
        var root = Create(context);
        options.AddTo(root);
        var parsed = root.Parse(arguments);
        try
        {
            options.Read(parsed, context);
        }
        catch (UsageException exception)
        {
            await context.Error.WriteLineAsync($"klever: {exception.Message}");
            return (int)JobExitCode.Unexpected;
        }

        var configuration = new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static RootCommand Create(CommandContext context) =>
        new("Models in an OCI registry: pack, push, pull, inspect, extract, convert, serve.")
        {
            CompletionCommand.Create(context),
            ConvertCommand.Create(context),
            ExportCommand.Create(context),
            ExtractCommand.Create(context),
            InitializeCommand.Create(context),
            InspectCommand.Create(context),
            JobsCommand.Create(context),
            LoginCommand.Create(context),
            LogoutCommand.Create(context),
            ModelsCommand.Create(context),
            ProjectCommand.Create(context),
            PullAndExportCommand.Create(context),
            PullCommand.Create(context),
            PushCommand.Create(context),
            RemoveCommand.Create(context),
            SaveCommand.Create(context),
            ServingsCommand.Create(context),
            SweepCommand.Create(context),
            TagCommand.Create(context),
            VersionCommand.Create(context),
        };
}
