namespace Klever.Formats.Keras.Operations;

/// <summary>What stands for one dimension between the brackets of <c>x[1:, 0, ..., None]</c>.</summary>
internal enum SliceKind
{
    /// <summary>From one position to another, in steps.</summary>
    Range,

    /// <summary>One position; the dimension goes.</summary>
    Index,

    /// <summary>A new dimension of one.</summary>
    NewAxis,

    /// <summary>All dimensions that nothing else stands for.</summary>
    Ellipsis,
}

/// <summary>One entry of a slice.</summary>
/// <param name="Start">Null for the beginning; the position of an index.</param>
/// <param name="Stop">Null for the end.</param>
internal sealed record SliceEntry(SliceKind Kind, long? Start = null, long? Stop = null, long Step = 1)
{
    /// <summary>How many positions a range takes of a dimension; unknown when that or the range says too little.</summary>
    public long LengthOf(long size)
    {
        if (Start is null or 0 && Stop is null && Step == 1)
        {
            return size;
        }

        if (size < 0 || Step == 0)
        {
            return Formats.Shapes.Window.Unknown;
        }

        var (low, high) = Step > 0 ? (0L, size) : (-1L, size - 1);
        var start = Start is { } first ? Clamped(first) : Step > 0 ? low : high;
        var stop = Stop is { } last ? Clamped(last) : Step > 0 ? high : low;
        var length = Step > 0 ? stop - start : start - stop;
        return length <= 0 ? 0 : (long)((length - 1) / Int128.Abs(Step)) + 1;

        long Clamped(long position) => Math.Clamp(position < 0 ? position + size : position, low, high);
    }
}
