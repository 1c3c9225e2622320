using System.Diagnostics;

namespace Klever.Testing;

/// <summary>Holds code that gets hostile bytes to its promise: it ends in bounded time and memory, whatever it says.</summary>
public static class Contained
{
    /// <param name="maximumTime">Wall time. What took longer is run once more, for a busy machine is slow once, and a bad loop always.</param>
    /// <param name="maximumAllocation">Bytes that the thread may allocate, those given back included.</param>
    /// <param name="what">Names the input when a bound is broken.</param>
    public static void Run(Action work, TimeSpan maximumTime, long maximumAllocation, Func<string?> what)
    {
        var (time, bytes) = Measure(work);
        if (time > maximumTime)
        {
            (time, bytes) = Measure(work);
        }

        Assert.True(time <= maximumTime, $"took {time}: {what()}");
        Assert.True(bytes <= maximumAllocation, $"allocated {bytes} bytes: {what()}");
    }

    private static (TimeSpan Time, long Bytes) Measure(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        work();
        return (watch.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
