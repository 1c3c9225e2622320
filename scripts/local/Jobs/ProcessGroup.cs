using System.Runtime.InteropServices;

namespace Klever.Local.Jobs;

/// <summary>Signals to a process and all that it started. Processes begin under <c>setsid</c>, so their id is that of their group.</summary>
internal static class ProcessGroup
{
    public const int Terminate = 15;
    public const int Kill = 9;

    /// <summary>A group that is gone already is no error.</summary>
    public static void Signal(int processId, int signal)
    {
        if (processId > 1)
        {
            _ = NativeKill(-processId, signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);
}
