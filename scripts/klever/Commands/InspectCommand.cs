using System.CommandLine;
using Klever.CommandLine.Inspection;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;
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
        var registry = new RegistryFlagOptions(context, command);
        command.SetAction(context, async (arguments, cancellationToken) =>
        {
            if (arguments.GetValue(formats))
            {
                FormatsView.Write(context, arguments.GetValue(output));
                return;
            }

            var name = arguments.GetValue(model) ?? throw new UsageException("name a directory or a reference, or ask for --formats.");
            var extraction = await InspectAsync(context, name, arguments.GetValue(format), registry.Read(arguments), cancellationToken);
            ExtractionView.Write(context, arguments.GetValue(output), extraction);
        });
        return command;
    }

    private static async Task<Extraction> InspectAsync(
        CommandContext context, string name, ModelFormat? format, RegistryFlags flags, CancellationToken cancellationToken)
    {
        if (LocalModel.Find(name) is { } model)
        {
            return await Task.Run(() => model.Extract(format), cancellationToken);
        }

        if (!ModelReference.TryParse(name, out _, out var problem))
        {
            throw new UsageException($"{name} is neither there on this machine nor a model reference: {problem}.");
        }

        using var location = ModelLocation.Open(context, name, flags);
        return await RemoteModel.ExtractAsync(
            context, location.Repository, location.Reference, format, found: null, cancellationToken);
    }
}
