namespace Klever.Local.Jobs;

/// <summary>Looks at the resident memory of a process and its children, as a memory cgroup would count it, five times a second.</summary>
internal static class MemoryWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <returns>When the limit was exceeded; it ends with the token otherwise.</returns>
    public static async Task WaitForExcessAsync(int processId, long limit, CancellationToken cancellationToken)
    {
        while (Resident(processId) <= limit)
        {
            await Task.Delay(Interval, cancellationToken);
        }
    }

    private static long Resident(int processId)
    {
        try
        {
            var pages = File.ReadAllText($"/proc/{processId}/statm").Split(' ')[1];
            var children = File.ReadAllText($"/proc/{processId}/task/{processId}/children");
            return (long.Parse(pages) * Environment.SystemPageSize)
                + children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(c => Resident(int.Parse(c)));
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
