using System.CommandLine;
using System.Text.Json.Nodes;
using Klever.CommandLine.Converting;
using Klever.CommandLine.Jobs;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;
using Klever.Models;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever convert DIR OUT</c>, or without arguments what the Job of a conversion runs, configured by its environment.</summary>
internal static class ConvertCommand
{
    public static Command Create(CommandContext context)
    {
        var directories = new Argument<string[]>("dir and out")
        {
            Description = "The directory in ORMB layout and the one to make; neither for a model in a registry (SOURCE_MODEL_TAG).",
            Arity = new ArgumentArity(0, 2),
        };
        var from = CommonOptions.Format("--from", "Format of the model, instead of what its description or its files say.");
        var to = CommonOptions.Format("--to", "Format of the result; may be left out where only one is possible.");
        var opset = new Option<int?>("--opset") { Description = "Version of the ONNX operator set; 12 without it.", HelpName = "number" };
        var verify = new Option<bool>("--verify") { Description = "Run an ONNX result in ONNX Runtime, where that is installed." };
        var variables = new Option<bool>("--variables")
        {
            Description = "Keep the weights of a SavedModel as variables beside its graph; by itself above 1 GiB.",
        };
        var report = new Option<string?>("--report") { Description = "A file for the whole report of a Job, as JSON.", HelpName = "file" };
        var output = CommonOptions.Output();
        var command = new Command("convert", "Convert a model: in a directory, or in a registry as a Job does.")
        {
            directories, from, to, opset, verify, variables, report, output,
        };
        var registry = new RegistryFlagOptions(context, command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            ConversionSettings Settings() => ConversionSettings.Of(
                context, arguments.GetValue(opset), arguments.GetValue(verify), arguments.GetValue(variables));
            return arguments.GetValue(directories) switch
            {
                null or [] => await RunJobAsync(
                    context, new ConversionJob(context, registry.Read(arguments), Settings), arguments.GetValue(report), cancellationToken),
                [var source, var target] => await RunLocalAsync(context, arguments.GetValue(output), () => LocalConversion.Run(
                    context, source, target, arguments.GetValue(from), arguments.GetValue(to), Settings())),
                _ => await RunLocalAsync(context, OutputFormat.Table, () => throw new UsageException("give both directories: klever convert DIR OUT.")),
            };
        });
        return command;
    }

    private static async Task<int> RunJobAsync(
        CommandContext context, ConversionJob job, string? file, CancellationToken cancellationToken)
    {
        var (result, exitCode) = await job.RunAsync(cancellationToken);
        if (result.Failure is not null)
        {
            await context.Error.WriteLineAsync($"klever convert: {result.Failure}");
        }

        await ReportWriter.WriteAsync(context, result, file, CancellationToken.None);
        return (int)exitCode;
    }

    private static async Task<int> RunLocalAsync(
        CommandContext context, OutputFormat output, Func<(ModelFormat From, ModelFormat To)> convert)
    {
        try
        {
            var (from, to) = convert();
            ObjectView.Write(
                context, output, new JsonObject { ["from"] = from.Name, ["to"] = to.Name }, $"converted {from} to {to}");
            return (int)JobExitCode.Done;
        }
        catch (Exception exception)
        {
            await context.Error.WriteLineAsync($"klever convert: {Failure.Sentence(exception)}");
            return (int)Failure.ExitCode(exception, JobExitCode.Task);
        }
    }
}
