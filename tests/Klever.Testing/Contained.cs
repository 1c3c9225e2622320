namespace Klever.Testing;

/// <summary>Holds code that gets hostile bytes to its promise: it ends in bounded time and memory, whatever it says.</summary>
public static class Contained
{
    /// <param name="maximumTime">Processor time of the thread.</param>
    /// <param name="maximumAllocation">Bytes that the thread may allocate, those given back included.</param>
    /// <param name="what">Names the input when a bound is broken.</param>
    public static void Run(Action work, TimeSpan maximumTime, long maximumAllocation, Func<string?> what)
    {
        var start = ThreadClock.Now;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        work();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var time = ThreadClock.Now - start;
        Assert.True(time <= maximumTime, $"took {time}: {what()}");
        Assert.True(bytes <= maximumAllocation, $"allocated {bytes} bytes: {what()}");
    }
}
