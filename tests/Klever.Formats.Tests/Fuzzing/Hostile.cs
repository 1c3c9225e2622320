using System.Diagnostics;
using Klever.Models;

namespace Klever.Formats.Tests.Fuzzing;

/// <summary>Holds a reader to its promise for hostile bytes: an answer or a <see cref="ModelReadException"/>, in bounded time and memory.</summary>
internal static class Hostile
{
    /// <summary>Wall time of one reading.</summary>
    public static readonly TimeSpan MaximumTime = TimeSpan.FromSeconds(2);

    /// <summary>Bytes that one reading may allocate, those given back included.</summary>
    public const long MaximumAllocation = 100L * 1024 * 1024;

    /// <returns>What the reader said; null when it gave an answer.</returns>
    public static ModelReadException? Read(Func<Signature> read)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        ModelReadException? problem = null;
        try
        {
            read();
        }
        catch (ModelReadException exception)
        {
            problem = exception;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.True(watch.Elapsed < MaximumTime, $"took {watch.Elapsed}: {problem?.Message}");
        Assert.True(allocated < MaximumAllocation, $"allocated {allocated} bytes: {problem?.Message}");
        return problem;
    }
}
