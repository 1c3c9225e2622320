using Klever.CommandLine.Initialization.Layouts;

namespace Klever.CommandLine.Initialization.Placement;

/// <summary>Lets one process at a time fill a directory: replicas of a serving share a claim. The system lets go of
/// it when the process ends, however that happens. Where a volume has no locks, nothing is kept apart.</summary>
internal static class DirectoryLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<IDisposable> TakeAsync(string directory, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, LayoutPlan.ReservedPrefix + ".lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException exception) when (IsTaken(exception))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsTaken(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
