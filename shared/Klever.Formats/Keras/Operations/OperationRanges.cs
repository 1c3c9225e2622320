namespace Klever.Formats.Keras.Operations;

/// <summary>The numbers of a range: from one, up to another, in steps.</summary>
internal static class OperationRanges
{
    /// <summary>The arguments in that order; null for what is not given. One number alone is the end.</summary>
    public static (KerasArgument? Start, KerasArgument? Limit, KerasArgument? Step) Of(KerasOperation operation)
    {
        var (first, second) = (operation.Find(0, "start"), operation.Find(1, "limit", "stop"));
        return second is null
            ? (null, first, operation.Find(2, "delta", "step"))
            : (first, second, operation.Find(2, "delta", "step"));
    }

    /// <summary>How many numbers there are; -1 when that is computed.</summary>
    public static long Length(KerasOperation operation)
    {
        var (start, limit, step) = Of(operation);
        var (from, by) = (start is null ? 0 : start.Integer, step is null ? 1 : step.Integer);
        return from is { } first && limit?.Integer is { } last && by is { } width and not 0
            ? Math.Max(0, (long)Math.Ceiling((last - first) / (double)width))
            : -1;
    }
}
