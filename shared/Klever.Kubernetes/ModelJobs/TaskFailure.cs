using k8s.Models;
using Klever.Models;

namespace Klever.Kubernetes.ModelJobs;

/// <summary>The reason and the sentence of each exit code; the task's own sentence follows when its report has
/// one.</summary>
internal static class TaskFailure
{
    private static readonly Dictionary<JobExitCode, (string Reason, string Message)> Table = new()
    {
        [JobExitCode.Login] = (
            ModelJobReasons.LoginFailed, "failed to login: the registry refused the credentials of the Secret"),
        [JobExitCode.Pull] = (ModelJobReasons.PullFailed, "failed to pull model"),
        [JobExitCode.Export] = (ModelJobReasons.ExportFailed, "failed to export model: its layer cannot be unpacked"),
        [JobExitCode.Task] = (ModelJobReasons.TaskFailed, "failed to run extract/convert task"),
        [JobExitCode.Save] = (ModelJobReasons.SaveFailed, "failed to save model"),
        [JobExitCode.Push] = (ModelJobReasons.PushFailed, "failed to push model"),
        [JobExitCode.NotTheFormat] = (ModelJobReasons.NotTheFormat, "the files are not of the format that the model says"),
        [JobExitCode.NotSupported] = (ModelJobReasons.NotSupported, "this model cannot be read or converted here"),
        [JobExitCode.LimitExceeded] = (ModelJobReasons.LimitExceeded, "the model exceeds a limit"),
    };

    public static (string Reason, string Message) Of(V1ContainerStateTerminated state)
    {
        var (reason, message) = Table.TryGetValue((JobExitCode)state.ExitCode, out var known)
            ? known
            : (ModelJobReasons.TaskCrashed, $"container crashed with exit code {state.ExitCode}");
        return Sentence(state.Message) is { Length: > 0 } sentence
            ? (reason, $"{message}: {sentence}")
            : (reason, message);
    }

    private static string? Sentence(string? terminationMessage)
    {
        if (string.IsNullOrEmpty(terminationMessage) || TerminationMessage.NeedsLog(terminationMessage))
        {
            return null;
        }

        try
        {
            return TerminationMessage.Decode(terminationMessage).Failure;
        }
        catch (FormatException)
        {
            return Excerpt.Of(terminationMessage.Trim());
        }
    }
}
