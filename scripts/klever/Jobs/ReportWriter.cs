using Klever.Models;

namespace Klever.CommandLine.Jobs;

/// <summary>Hands a report to the trusted side: through the termination message, and the log where that is too small.</summary>
internal static class ReportWriter
{
    private const string DefaultPath = "/dev/termination-log";

    /// <param name="file">Where the whole report goes as well; null for nowhere.</param>
    public static async Task WriteAsync(CommandContext context, JobReport report, string? file, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, Output.Document.ToJson(report.ToJson()) + "\n", cancellationToken);
        }

        var configured = context.FirstVariable("TERMINATION_MESSAGE_PATH");
        var (message, logLine) = TerminationMessage.Encode(report);
        if (configured is null && !IsWritable(DefaultPath))
        {
            await context.Output.WriteAsync(file is null ? report.ToJson().ToJsonString() + "\n" : "");
            return;
        }

        await File.WriteAllTextAsync(configured ?? DefaultPath, message, cancellationToken);
        if (logLine is not null)
        {
            // A pod's log mixes both streams, and this must be its last line.
            await context.Error.FlushAsync(cancellationToken);
            await context.Output.WriteLineAsync(logLine);
            await context.Output.FlushAsync(cancellationToken);
        }
    }

    private static bool IsWritable(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
