using Klever.Models;

namespace Klever.CommandLine.Projects;

/// <summary>A setup that did not happen, or not as a whole.</summary>
internal sealed class SetupException(JobExitCode exitCode, string message) : Exception(message)
{
    public JobExitCode ExitCode { get; } = exitCode;
}
