using System.CommandLine;
using System.Text.Json.Nodes;
using Klever.CommandLine.Api;
using Klever.CommandLine.Output;
using Klever.Models;

namespace Klever.CommandLine.Commands.Jobs;

/// <summary><c>klever jobs create REF</c>: an extraction; with <c>--to</c> and <c>--target</c> a conversion.</summary>
internal static class CreateJobCommand
{
    public static Command Create(CommandContext context)
    {
        var model = new Argument<string>("ref") { Description = "The model: project/model:tag." };
        var format = CommonOptions.Format("--format", "Format of the model, as it declares it.", "-f");
        var to = CommonOptions.Format("--to", "Convert to this format.");
        var target = new Option<string?>("--target") { Description = "Where the converted model goes: project/model:tag.", HelpName = "ref" };
        var name = new Option<string?>("--name") { Description = "Name of the ModelJob; made up without it.", HelpName = "name" };
        var wait = new Option<bool>("--wait") { Description = "Wait until it has ended; exit code 32 when it failed." };
        var output = CommonOptions.Output();
        var command = new Command("create", "Extract or convert a model in the cluster.") { model, format, to, target, name, wait, output };
        var space = new NamespaceOption(context, command);
        var api = new ApiOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            using var klever = api.Open(arguments);
            var spec = Spec(
                arguments.GetValue(model)!,
                arguments.GetValue(format) ?? throw new UsageException("name the format of the model with --format."),
                arguments.GetValue(to),
                arguments.GetValue(target));
            var body = new JsonObject { ["metadata"] = new JsonObject { ["name"] = arguments.GetValue(name) }, ["spec"] = spec };
            var job = await klever.PostAsync(space.Path(arguments, "modeljobs"), body, cancellationToken);
            if (arguments.GetValue(wait))
            {
                job = await JobEnd.WaitAsync(
                    klever, space.Path(arguments, "modeljobs", Field.Of(job, "metadata", "name")), cancellationToken);
            }

            ObjectView.Write(context, arguments.GetValue(output), job, JobLine.Of(job));
            JobEnd.ThrowIfFailed(job);
        });
        return command;
    }

    private static JsonObject Spec(string model, ModelFormat format, ModelFormat? to, string? target) => (to, target) switch
    {
        (null, null) => new JsonObject
        {
            ["model"] = model,
            ["extraction"] = new JsonObject { ["format"] = format.Name },
        },
        ({ } wanted, { } place) => new JsonObject
        {
            ["model"] = model,
            ["desiredTag"] = place,
            ["conversion"] = new JsonObject { ["mmdnn"] = new JsonObject { ["from"] = format.Name, ["to"] = wanted.Name } },
        },
        _ => throw new UsageException("a conversion needs both --to FORMAT and --target REF."),
    };
}
