using System.CommandLine;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands.Jobs;

/// <summary><c>klever jobs list</c>.</summary>
internal static class ListJobsCommand
{
    public static Command Create(CommandContext context)
    {
        var filter = new Option<string?>("--filter") { Description = "Only extractions, or only conversions.", HelpName = "extract|convert" };
        filter.AcceptOnlyFromAmong("extract", "convert");
        var output = CommonOptions.Output();
        var command = new Command("list", "List ModelJobs.") { filter, output };
        var page = new PageOptions(command);
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var asked = arguments.GetValue(filter) is { } kind ? $"modeljob/{kind}" : null;
            var list = await klever.GetAsync(
                space.Path(arguments, "modeljobs") + page.Query(arguments, "filter", asked), cancellationToken);
            ListView.Write(
                context,
                arguments.GetValue(output),
                list,
                ("name", job => Field.Of(job, "metadata", "name")),
                ("model", job => Field.Of(job, "spec", "model")),
                ("phase", job => Field.Of(job, "status", "phase")),
                ("message", job => Field.Of(job, "status", "message")));
        });
        return command;
    }
}
