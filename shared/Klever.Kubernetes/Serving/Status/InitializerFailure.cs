using k8s.Models;
using Klever.Models;

namespace Klever.Kubernetes.Serving.Status;

/// <summary>Why the init container of a serving failed, by the exit codes of <c>klever initialize</c>.</summary>
internal static class InitializerFailure
{
    private static readonly Dictionary<int, (string Reason, string Message)> Table = new()
    {
        [InitializerExitCode.Missing] = (
            ServingReasons.ModelMissing, "the model is not in the registry; push it again, or serve another one"),
        [(int)JobExitCode.Login] = (
            ServingReasons.CredentialRefused,
            "the registry refuses the credential of the pull Secret; correct it, then delete the pod"),
        [InitializerExitCode.Corrupt] = (
            ServingReasons.ModelCorrupt, "what the registry gives is not what its digest says; push the model again"),
        [(int)JobExitCode.Export] = (ServingReasons.ModelCorrupt, "the layer of the model cannot be unpacked; push the model again"),
        [(int)JobExitCode.Pull] = (ServingReasons.ModelNotPulled, "the model cannot be pulled"),
        [(int)JobExitCode.Task] = (ServingReasons.InitializerFailed, "the files of the model cannot be written"),
        [(int)JobExitCode.NotTheFormat] = (ServingReasons.ModelUnfit, "the files of the model are not of its format"),
        [(int)JobExitCode.NotSupported] = (ServingReasons.ModelUnfit, "the server cannot run this model"),
        [(int)JobExitCode.LimitExceeded] = (ServingReasons.ModelUnfit, "the model exceeds a limit"),
    };

    public static ServingState Of(V1ContainerStateTerminated end)
    {
        var (reason, message) = end.Reason == "OOMKilled"
            ? (ServingReasons.OutOfMemory, "the init container needs more memory; raise MODEL_INITIALIZER_MEM")
            : Table.TryGetValue(end.ExitCode, out var known) ? known
            : (ServingReasons.InitializerFailed, $"the init container ended with exit code {end.ExitCode}");
        return new ServingState(
            reason, string.IsNullOrWhiteSpace(end.Message) ? message + "." : $"{message}: {Excerpt.Of(end.Message.Trim())}");
    }
}
