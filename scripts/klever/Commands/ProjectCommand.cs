using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever project init PROJECT</c>: makes a project of Harbor ready for models, and says what is left to an administrator.</summary>
internal static class ProjectCommand
{
    public static Command Create(CommandContext context) => new("project", "Projects of Harbor.") { Init(context) };

    private static Command Init(CommandContext context)
    {
        var project = new Argument<string>("project") { Description = "The project; it is created when it is missing." };
        var space = new Option<string?>("--namespace", "-n")
        {
            Description = "Where the Secrets of the Jobs go; the server's own namespace without it.",
            HelpName = "name",
        };
        var output = CommonOptions.Output();
        var command = new Command("init", "Create project, robot accounts, Secrets of the Jobs and webhook; what is there stays.")
        {
            project, space, output,
        };
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var query = arguments.GetValue(space) is { } name ? $"?namespace={Uri.EscapeDataString(name)}" : "";
            var path = $"projects/{Uri.EscapeDataString(arguments.GetValue(project)!)}/setup{query}";
            try
            {
                Write(context, arguments.GetValue(output), await klever.PostAsync(path, body: null, cancellationToken));
            }
            catch (ApiException exception) when (exception.Answer is { } report && IsReport(report))
            {
                Write(context, arguments.GetValue(output), report);
                throw; // Its message says what is not done.
            }
        });
        return command;
    }

    private static bool IsReport(JsonObject answer) => answer["steps"] is JsonArray;

    private static void Write(CommandContext context, OutputFormat output, JsonObject report)
    {
        if (!IsReport(report))
        {
            throw new ApiException(HttpStatusCode.OK, "the answer is not the report of a setup; is it the API of Klever?");
        }

        if (output != OutputFormat.Table)
        {
            Document.Write(context.Output, output, report);
            return;
        }

        foreach (var step in report["steps"]!.AsArray().OfType<JsonObject>())
        {
            context.Output.WriteLine($"{step["outcome"],-8} {step["name"]}: {step["detail"]}");
        }

        foreach (var (index, todo) in (report["todo"] as JsonArray ?? []).Index())
        {
            context.Output.WriteLine($"{(index == 0 ? "\nWhat an administrator has to do:\n" : "")}{index + 1}. {todo}");
        }
    }
}
