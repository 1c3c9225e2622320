using System.CommandLine;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever models list [PROJECT[/MODEL]]</c>: projects, models of a project, or versions of a model, by the Klever API.</summary>
internal static class ListModelsCommand
{
    public static Command Create(CommandContext context)
    {
        var place = new Argument<string?>("project/model")
        {
            Description = "A project for its models, a model for its versions; nothing for the projects.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var format = CommonOptions.Format("--format", "Only models of this format.", "-f");
        var output = CommonOptions.Output();
        var command = new Command("list", "List projects, models or versions in the registry.") { place, format, output };
        var page = new PageOptions(command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var parts = arguments.GetValue(place)?.Split('/', 2) ?? [];
            var query = page.Query(arguments, "format", arguments.GetValue(format)?.Name);
            var list = await klever.GetAsync(Path(parts) + query, cancellationToken);
            (string, Func<System.Text.Json.Nodes.JsonObject, string>)[] columns = parts.Length switch
            {
                0 => [("project", item => Field.Of(item, "name"))],
                1 => [("model", item => Field.Of(item, "name")), ("versions", item => Field.Of(item, "versions")),
                    ("formats", item => Field.Of(item, "formats")), ("pushed", item => Field.Of(item, "pushTime"))],
                _ => [("version", item => Field.Of(item, "version")), ("format", item => Field.Of(item, "format")),
                    ("bytes", item => Field.Of(item, "size")), ("extraction", item => Field.Of(item, "extraction", "phase")),
                    ("digest", item => Field.Of(item, "digest")), ("pushed", item => Field.Of(item, "pushTime"))],
            };
            ListView.Write(context, arguments.GetValue(output), list, columns);
        });
        return command;
    }

    // A model name may hold a slash, which stays one part of the path.
    private static string Path(string[] parts) => parts switch
    {
        [] => "projects",
        [var project] => $"projects/{Uri.EscapeDataString(project)}/models",
        _ => $"projects/{Uri.EscapeDataString(parts[0])}/models/{Uri.EscapeDataString(parts[1])}/versions",
    };
}
