using System.Runtime.InteropServices;

namespace Klever.Local.Jobs;

/// <summary>Signals to a process and all that it started. Processes begin under <c>setsid</c>, so their id is that of their group.</summary>
internal static class ProcessGroup
{
    public const int Terminate = 15;
    public const int Kill = 9;

    /// <returns>False when there is no such group: it has ended, or has not begun yet.</returns>
    public static bool Signal(int processId, int signal) => processId > 1 && NativeKill(-processId, signal) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);
}
