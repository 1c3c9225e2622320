using System.CommandLine;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever jobs events NAME</c> and <c>klever servings events NAME</c>.</summary>
internal static class EventsCommand
{
    /// <param name="kind">As in the path: <c>modeljobs</c>.</param>
    /// <param name="name">Whose events.</param>
    /// <param name="described">The object and what it made, for the help.</param>
    public static Command Create(CommandContext context, string kind, Argument<string> name, string described)
    {
        var output = CommonOptions.Output();
        var command = new Command("events", $"Show what the cluster noted about {described}.") { name, output };
        var page = new PageOptions(command);
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var list = await klever.GetAsync(
                space.Path(arguments, kind, arguments.GetValue(name)!, "events") + page.Query(arguments), cancellationToken);
            EventView.Write(context, arguments.GetValue(output), list);
        });
        return command;
    }
}
