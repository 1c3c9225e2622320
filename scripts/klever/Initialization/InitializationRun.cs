using Klever.CommandLine.Registry;
using Klever.Models;
using Klever.Oci;

namespace Klever.CommandLine.Initialization;

/// <summary>One run of an init container: every model in its turn, and at the first failure a sentence and an exit
/// code.</summary>
internal static class InitializationRun
{
    /// <param name="pairs">Reference and directory by turns, as KServe gives them.</param>
    public static async Task<int> RunAsync(
        CommandContext context,
        string command,
        IReadOnlyList<string> pairs,
        RegistryFlags flags,
        Func<InitializationOptions> options,
        CancellationToken cancellationToken)
    {
        try
        {
            Check(pairs);
            var initializer = new Initializer(context, flags, options());
            for (var i = 0; i < pairs.Count; i += 2)
            {
                await initializer.RunAsync(pairs[i], pairs[i + 1], cancellationToken);
            }

            return (int)JobExitCode.Done;
        }
        catch (Exception exception)
        {
            var sentence = exception is UnauthorizedAccessException ? exception.Message : Failure.Sentence(exception);
            await context.Error.WriteLineAsync($"klever {command}: {sentence}");
            FailureMessage.Write(context, sentence);
            return ExitCode(exception);
        }
    }

    private static void Check(IReadOnlyList<string> pairs)
    {
        if (pairs.Count == 0 || pairs.Count % 2 != 0)
        {
            throw new UsageException("expected a reference and a directory, or several such pairs.");
        }

        var directories = pairs.Where((_, i) => i % 2 == 1)
            .Select(d => Path.TrimEndingDirectorySeparator(Path.GetFullPath(d)))
            .ToHashSet(StringComparer.Ordinal);
        if (directories.Count != pairs.Count / 2)
        {
            throw new UsageException("every model needs a directory of its own.");
        }
    }

    private static int ExitCode(Exception exception) => exception switch
    {
        RegistryException { IsNotFound: true } => InitializerExitCode.Missing,
        OciContentException => InitializerExitCode.Corrupt,
        _ => (int)(Failure.ExitCode(exception, JobExitCode.Pull) switch
        {
            JobExitCode.Unexpected when exception is IOException or UnauthorizedAccessException => JobExitCode.Task,
            var code => code,
        }),
    };
}
