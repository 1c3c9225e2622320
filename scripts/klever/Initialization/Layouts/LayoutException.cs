using Klever.Models;

namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>A model that cannot be laid out for its server.</summary>
internal sealed class LayoutException : Exception
{
    private LayoutException(JobExitCode exitCode, string message)
        : base(message) => ExitCode = exitCode;

    public JobExitCode ExitCode { get; }

    /// <summary>The files are not those that the format needs.</summary>
    public static LayoutException NotTheFormat(string message) => new(JobExitCode.NotTheFormat, message);

    /// <summary>The model may be right, but the server cannot run it.</summary>
    public static LayoutException NotSupported(string message) => new(JobExitCode.NotSupported, message);
}
