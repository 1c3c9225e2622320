using System.CommandLine;
using System.Text.Json.Nodes;
using Klever.CommandLine.Output;
using Klever.CommandLine.Projects;
using Klever.CommandLine.Registry;
using Klever.Models;
using Klever.Oci;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever project init PROJECT</c>: makes a project of Harbor ready for models, and says what is left to an administrator.</summary>
internal static class ProjectCommand
{
    public static Command Create(CommandContext context) => new("project", "Projects of Harbor.") { Init(context) };

    private static Command Init(CommandContext context)
    {
        var project = new Argument<string>("project") { Description = "The project; it is created when it is missing." };
        var server = new Option<string?>("--server") { Description = "Address of the API of Klever.Functions (KLEVER_SERVER)." };
        var namespaceName = new Option<string?>("--namespace", "-n") { Description = "Where the Secrets of the Jobs go; the server's own namespace without it." };
        var output = CommonOptions.Output();
        var command = new Command("init", "Create project, robot accounts, Secrets of the Jobs and webhook; what is there stays.")
        {
            project, server, namespaceName, output,
        };
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            var address = Server(arguments.GetValue(server) ?? context.FirstVariable("KLEVER_SERVER"));
            var report = await SetupClient.SetUpAsync(
                address, Account(context, address), arguments.GetValue(project)!, arguments.GetValue(namespaceName), cancellationToken);
            Write(context, arguments.GetValue(output), report);
            if (report["complete"]?.GetValue<bool>() != true)
            {
                throw new SetupException(JobExitCode.Unexpected, report["message"]?.ToString() ?? "the setup is not complete");
            }
        });
        return command;
    }

    private static Uri Server(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var server) && server.Scheme is "http" or "https" && server.UserInfo.Length == 0
            ? server
            : throw new UsageException("name the API with --server https://… or KLEVER_SERVER.");

    // The account is Harbor's, whatever host the API is on.
    private static RegistryCredential? Account(CommandContext context, Uri server) =>
        Credentials.Find(context, server.Authority)
        ?? (ModelLocation.DefaultRegistry(context) is { } registry ? Credentials.Find(context, registry) : null);

    private static void Write(CommandContext context, OutputFormat output, JsonObject report)
    {
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
