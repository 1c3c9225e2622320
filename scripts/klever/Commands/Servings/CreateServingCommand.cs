using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands.Servings;

/// <summary><c>klever servings create NAME REF</c>, or <c>--file</c> with a whole request or SeldonDeployment.</summary>
internal static class CreateServingCommand
{
    private const int MaximumBytes = 1024 * 1024;

    public static Command Create(CommandContext context)
    {
        var names = new Argument<string[]>("name and ref")
        {
            Description = "Name of the serving, and the model: project/model:tag.",
            Arity = new ArgumentArity(0, 2),
        };
        var replicas = new Option<int?>("--replicas") { Description = "How many pods.", HelpName = "n" };
        var file = new Option<FileInfo?>("--file", "-f") { Description = "A request or SeldonDeployment as JSON, instead.", HelpName = "file" };
        var output = CommonOptions.Output();
        var command = new Command("create", "Serve a model.") { names, replicas, file, output };
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var body = (arguments.GetValue(names), arguments.GetValue(file)) switch
            {
                ([var name, var model], null) => Short(name, model, arguments.GetValue(replicas)),
                (null or [], { } given) => Read(given),
                _ => throw new UsageException("give NAME and REF, or --file."),
            };
            var serving = await klever.PostAsync(space.Path(arguments, "servings"), body, cancellationToken);
            ObjectView.Write(context, arguments.GetValue(output), serving, ServingLine.Of(serving));
        });
        return command;
    }

    private static JsonObject Short(string name, string model, int? replicas)
    {
        var body = new JsonObject { ["name"] = name, ["model"] = model };
        if (replicas is not null)
        {
            body["replicas"] = replicas;
        }

        return body;
    }

    private static JsonObject Read(FileInfo file)
    {
        try
        {
            return file.Length <= MaximumBytes && JsonNode.Parse(File.ReadAllBytes(file.FullName)) is JsonObject body
                ? body
                : throw new UsageException($"{file} is not a JSON object of at most {MaximumBytes} bytes.");
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{file} is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}.");
        }
    }
}
