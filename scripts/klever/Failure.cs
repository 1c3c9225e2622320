using Klever.CommandLine.Api;
using Klever.CommandLine.Initialization.Layouts;
using Klever.CommandLine.Verification;
using Klever.Conversion;
using Klever.Formats;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.CommandLine;

/// <summary>The table from what went wrong to the exit code of the process.</summary>
internal static class Failure
{
    /// <param name="exception">What ended the command.</param>
    /// <param name="stage">What a problem of the registry or network means here: <see cref="JobExitCode.Pull"/> or <see cref="JobExitCode.Push"/>.</param>
    public static JobExitCode ExitCode(Exception exception, JobExitCode stage) => exception switch
    {
        ModelReadException { Problem: ModelReadProblem.NotTheFormat } => JobExitCode.NotTheFormat,
        ModelReadException { Problem: ModelReadProblem.NotSupported } => JobExitCode.NotSupported,
        ModelReadException { Problem: ModelReadProblem.LimitExceeded } => JobExitCode.LimitExceeded,
        ConversionException conversion => conversion.ExitCode,
        OnnxRuntimeException => JobExitCode.Task,
        ModelLayerException { Problem: ModelLayerProblem.LimitExceeded } => JobExitCode.LimitExceeded,
        ModelLayerException => JobExitCode.Export,
        ModelDirectoryException => JobExitCode.Save,
        OrmbFileException => JobExitCode.NotTheFormat,
        NotAModelException => JobExitCode.NotTheFormat,
        LayoutException layout => layout.ExitCode,
        RegistryException { IsUnauthorized: true } => JobExitCode.Login,
        RegistryException { IsDenied: true } when stage == JobExitCode.Pull => JobExitCode.Login,
        RegistryException or OciContentException => stage,
        _ => JobExitCode.Unexpected,
    };

    /// <summary>What a person reads: the message of errors that are written for people, with the type of those that are not.</summary>
    public static string Sentence(Exception exception) =>
        exception is OperationCanceledException ? "it was stopped before it was done."
        : ExitCode(exception, JobExitCode.Pull) != JobExitCode.Unexpected
            || exception is IOException or FormatException or UsageException or ApiException or JobFailedException
        ? exception.Message
        : $"unexpected {exception.GetType().Name}: {exception.Message}";
}
