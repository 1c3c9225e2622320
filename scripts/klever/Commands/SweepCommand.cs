using System.CommandLine;
using System.Text.Json.Nodes;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever sweep</c>: finds what events were lost for, and has them sent once more; with <c>--dry-run</c> only shows it.</summary>
internal static class SweepCommand
{
    private const string Path = "sweep";

    public static Command Create(CommandContext context)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only list what a sweep would do, about the models that you may pull." };
        var output = CommonOptions.Output();
        var command = new Command("sweep", "Find what events were lost for, and send them once more, for the models that you may push.")
        {
            dryRun, output,
        };
        var options = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var api = options.Open(arguments);
            var findings = await ReadAsync(context, api, arguments.GetValue(dryRun), cancellationToken);
            Write(context, arguments.GetValue(output), findings);
        });
        return command;
    }

    // Page after page: each looks at as many repositories as a request may take.
    private static async Task<List<JsonObject>> ReadAsync(CommandContext context, KleverApi api, bool isDryRun, CancellationToken cancellationToken)
    {
        var findings = new List<JsonObject>();
        var query = "";
        do
        {
            var page = isDryRun
                ? await api.GetAsync(Path + query, cancellationToken)
                : await api.PostAsync(Path + query, body: null, cancellationToken);
            findings.AddRange((page["items"] as JsonArray ?? []).OfType<JsonObject>());
            foreach (var problem in (page["passedOver"] as JsonArray ?? []).OfType<JsonObject>())
            {
                await context.Error.WriteLineAsync($"{Text(problem, "repository")} cannot be read: {Text(problem, "reason")}");
            }

            query = page["continue"]?.ToString() is { Length: > 0 } next ? $"?continue={Uri.EscapeDataString(next)}" : "";
        }
        while (query.Length > 0);
        return findings;
    }

    private static void Write(CommandContext context, OutputFormat output, List<JsonObject> findings)
    {
        if (output != OutputFormat.Table)
        {
            Document.Write(context.Output, output, new JsonObject
            {
                ["items"] = new JsonArray([.. findings.Select(finding => finding.DeepClone())]),
            });
            return;
        }

        var table = new PlainTable(title: null, "found", "model", "modeljob", "why");
        foreach (var finding in findings)
        {
            table.Add(Text(finding, "kind"), Text(finding, "model"), Text(finding, "modelJob"), Text(finding, "reason"));
        }

        table.Write(context);
    }

    private static string Text(JsonObject finding, string key) => finding[key]?.ToString() ?? "";
}
