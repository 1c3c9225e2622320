using System.Runtime.InteropServices;
using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>StridedSlice: <c>x[1:, ..., tf.newaxis, 0]</c>, with its five masks (array_ops.cc).</summary>
internal static class StridedSliceRule
{
    public static TensorFact Apply(Operation operation)
    {
        if (operation.Size(0) is not { } size || operation.Elements(1) is not { } begins
            || operation.Elements(2) is not { } ends)
        {
            return TensorFact.Unknown;
        }

        var strides = operation.Elements(3) ?? [.. Enumerable.Repeat(1L, begins.Count)];
        if (ends.Count != begins.Count || strides.Count != begins.Count)
        {
            return TensorFact.Unknown;
        }

        var spec = new Spec(operation, begins, ends, strides);
        return Slice(spec, size, operation.Elements(0));
    }

    private static TensorFact Slice(Spec spec, IReadOnlyList<long> size, IReadOnlyList<long>? elements)
    {
        var result = new List<long>();
        var axis = 0;
        for (var i = 0; i < spec.Count; i++)
        {
            if (spec.Has("ellipsis_mask", i))
            {
                // It stands for all axes that the entries after it leave over.
                var after = Enumerable.Range(i + 1, spec.Count - i - 1)
                    .Count(later => !spec.Has("new_axis_mask", later));
                for (; axis < size.Count - after; axis++)
                {
                    result.Add(size[axis]);
                }
            }
            else if (spec.Has("new_axis_mask", i))
            {
                result.Add(1);
            }
            else if (axis >= size.Count)
            {
                return TensorFact.Unknown;
            }
            else if (spec.Has("shrink_axis_mask", i))
            {
                axis++;
            }
            else
            {
                result.Add(spec.Range(i, size[axis++]).Count);
            }
        }

        result.AddRange(size.Skip(axis));
        return new TensorFact(
            result, size.Count == 1 && spec.Count == 1 && elements is not null ? Elements(spec, elements) : null);
    }

    private static List<long>? Elements(Spec spec, IReadOnlyList<long> elements)
    {
        if (spec.Has("shrink_axis_mask", 0))
        {
            return Dimension.Axis(spec.Begin(0), elements.Count) is >= 0 and var place ? [elements[place]] : null;
        }

        var (start, count, step) = spec.Range(0, elements.Count);
        return count >= 0 && Dimension.IsKnown(count) && !spec.Has("new_axis_mask", 0) && !spec.Has("ellipsis_mask", 0)
            ? [.. Enumerable.Range(0, (int)count).Select(i => elements[(int)(start + (i * step))])]
            : null;
    }

    /// <summary>Where each axis begins and ends.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Spec(
        Operation operation, IReadOnlyList<long> begins, IReadOnlyList<long> ends, IReadOnlyList<long> strides)
    {
        private const int MaskBits = 32;

        public int Count => begins.Count;

        public bool Has(string mask, int place) =>
            place < MaskBits && ((operation.Node.Number(mask) >> place) & 1) != 0;

        public long Begin(int place) => begins[place];

        /// <summary>First index, how many, and the step between them; the count is unknown when any bound is.</summary>
        public (long Start, long Count, long Step) Range(int place, long length)
        {
            var step = strides[place];
            var isWhole = Has("begin_mask", place) && Has("end_mask", place);
            if (isWhole && step is 1 or -1)
            {
                return (step == 1 ? 0 : length - 1, length, step);
            }

            if (!Dimension.IsKnown(length) || !Dimension.IsKnown(step) || step == 0)
            {
                return (0, Dimension.Unknown, 1);
            }

            var (lowest, highest) = step > 0 ? (0L, length) : (-1L, length - 1);
            var start = Has("begin_mask", place)
                ? (step > 0 ? lowest : highest)
                : Bound(begins[place], length, lowest, highest);
            var end = Has("end_mask", place)
                ? (step > 0 ? highest : lowest)
                : Bound(ends[place], length, lowest, highest);
            if (start == Dimension.Unknown || end == Dimension.Unknown)
            {
                return (0, Dimension.Unknown, 1);
            }

            var count = Dimension.Divide(
                Dimension.Add(Dimension.Subtract(end, start), Dimension.Subtract(step, Math.Sign(step))), step);
            return (start, Dimension.IsKnown(count) ? Math.Max(0, count) : count, step);
        }

        private static long Bound(long index, long length, long lowest, long highest) =>
            !Dimension.IsKnown(index)
                ? Dimension.Unknown
                : Math.Clamp(index < 0 ? index + length : index, lowest, Math.Max(lowest, highest));
    }
}
