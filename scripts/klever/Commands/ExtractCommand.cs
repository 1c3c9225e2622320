using System.CommandLine;
using Klever.CommandLine.Jobs;
using Klever.CommandLine.Registry;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever extract [REF]</c>: what the Job of an extraction runs; configured by arguments or by its environment.</summary>
internal static class ExtractCommand
{
    public static Command Create(CommandContext context)
    {
        var model = new Argument<string?>("model")
        {
            Description = "The reference to read, best with a digest (SOURCE_MODEL_TAG).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var format = CommonOptions.Format();
        var report = new Option<string?>("--report") { Description = "A file for the whole report, as JSON.", HelpName = "file" };
        var command = new Command("extract", "Read the signature of a model in a registry, as a Job does.") { model, format, report };
        var registry = new RegistryFlagOptions(context, command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var job = new ExtractionJob(
                context,
                arguments.GetValue(model) ?? context.FirstVariable("SOURCE_MODEL_TAG") ?? "",
                arguments.GetValue(format)?.Name ?? context.FirstVariable("FORMAT", "SOURCE_FORMAT"),
                registry.Read(arguments));
            var (result, exitCode) = await job.RunAsync(cancellationToken);
            if (result.Failure is not null)
            {
                await context.Error.WriteLineAsync($"klever extract: {result.Failure}");
            }

            await ReportWriter.WriteAsync(context, result, arguments.GetValue(report), CancellationToken.None);
            return (int)exitCode;
        });
        return command;
    }
}
