using Klever.Models;
using Klever.Testing;

namespace Klever.Formats.Tests.Fuzzing;

/// <summary>Holds a reader to its promise for hostile bytes: an answer or a <see cref="ModelReadException"/>, in bounded time and memory.</summary>
internal static class Hostile
{
    /// <summary>Processor time of one reading.</summary>
    public static readonly TimeSpan MaximumTime = TimeSpan.FromSeconds(2);

    /// <summary>Bytes that one reading may allocate, those given back included.</summary>
    public const long MaximumAllocation = 100L * 1024 * 1024;

    /// <returns>What the reader said; null when it gave an answer.</returns>
    public static ModelReadException? Read(Func<Signature> read)
    {
        ModelReadException? problem = null;
        Contained.Run(
            () =>
            {
                try
                {
                    read();
                }
                catch (ModelReadException exception)
                {
                    problem = exception;
                }
            },
            MaximumTime,
            MaximumAllocation,
            () => problem?.Message);
        return problem;
    }
}
