using System.Diagnostics;
using System.Globalization;

namespace Klever.Testing;

/// <summary>Processor time of the running thread, which other work on the machine does not lengthen; wall time where the system has no such clock.</summary>
internal static class ThreadClock
{
    // Ticks of utime and stime in /proc/thread-self/stat (proc(5)): USER_HZ is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    public static TimeSpan Now => OperatingSystem.IsLinux() ? ProcessorTime() : Stopwatch.GetElapsedTime(0);

    private static TimeSpan ProcessorTime()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((Ticks(fields[11]) + Ticks(fields[12])) / TicksPerSecond);
    }

    private static long Ticks(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
