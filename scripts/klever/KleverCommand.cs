using System.CommandLine;
using Klever.CommandLine.Commands;

namespace Klever.CommandLine;

/// <summary>The command line as a whole: the table of its commands.</summary>
internal static class KleverCommand
{
    public static Task<int> RunAsync(string[] arguments, CommandContext context, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("Models in an OCI registry: pack, push, pull, inspect, extract, convert.")
        {
            ConvertCommand.Create(context),
            ExportCommand.Create(context),
            ExtractCommand.Create(context),
            InitializeCommand.Create(context),
            InspectCommand.Create(context),
            LoginCommand.Create(context),
            LogoutCommand.Create(context),
            ModelsCommand.Create(context),
            ProjectCommand.Create(context),
            PullAndExportCommand.Create(context),
            PullCommand.Create(context),
            PushCommand.Create(context),
            RemoveCommand.Create(context),
            SaveCommand.Create(context),
            TagCommand.Create(context),
        };
        var configuration = new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
        };
        return root.Parse(arguments).InvokeAsync(configuration, cancellationToken);
    }
}
