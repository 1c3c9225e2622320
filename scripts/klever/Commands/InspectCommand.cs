using System.CommandLine;
using Klever.CommandLine.Inspection;
using Klever.CommandLine.Output;
using Klever.Formats;
using Klever.Models;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever inspect PATH|REF</c>: what a model takes, gives and consists of.</summary>
internal static class InspectCommand
{
    public static Command Create(CommandContext context)
    {
        var model = new Argument<string?>("model")
        {
            Description = "A directory in ORMB layout, a directory or file of the model alone, or a reference.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var format = CommonOptions.Format();
        var output = CommonOptions.Output();
        var formats = new Option<bool>("--formats") { Description = "List the formats and the files that each needs." };
        var command = new Command("inspect", "Show the signature of a model.") { model, format, output, formats };
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            if (arguments.GetValue(formats))
            {
                FormatsView.Write(context, arguments.GetValue(output));
                return;
            }

            var name = arguments.GetValue(model) ?? throw new UsageException("name a directory or a reference, or ask for --formats.");
            var extraction = await InspectAsync(name, arguments.GetValue(format), cancellationToken);
            ExtractionView.Write(context, arguments.GetValue(output), extraction);
        });
        return command;
    }

    private static Task<Extraction> InspectAsync(string name, ModelFormat? format, CancellationToken cancellationToken) =>
        LocalModel.Find(name) is { } model
            ? Task.Run(() => model.Extract(format), cancellationToken)
            : throw new UsageException($"{name} is not there.");
}
