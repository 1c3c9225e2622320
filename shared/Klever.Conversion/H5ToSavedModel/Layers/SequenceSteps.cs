using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>A sequence as a batch of its steps: [batch, time, …] as [batch * time, …], and back.</summary>
internal static class SequenceSteps
{
    public static string Fold(TfOps ops, string value, IReadOnlyList<long> size)
    {
        if (size.Skip(2).All(length => length >= 0))
        {
            return ops.Reshape(value, [-1, .. size.Skip(2)]);
        }

        return Reshape(ops, value, ops.Integers(-1), ops.Slice(ops.Shape(value), [2], [0], isShape: true));
    }

    /// <param name="size">Dimensions of the steps, with all of them in front.</param>
    /// <param name="sequence">The tensor that has the batch and the time.</param>
    public static string Unfold(TfOps ops, string value, IReadOnlyList<long> size, GraphValue sequence, TfType sequenceType)
    {
        List<(long Size, int Axis)> dimensions =
            [(sequence.Size![0], 0), (sequence.Size[1], 1), .. size.Skip(1).Select(length => (length, -1))];
        if (size.Skip(1).All(length => length >= 0))
        {
            return ops.ReshapeLike(value, sequence.Tensor, sequenceType, dimensions);
        }

        var whole = ops.Of(sequenceType).Shape(sequence.Tensor);
        return Reshape(
            ops, value, ops.Slice(whole, [0], [2], isShape: true), ops.Slice(ops.Shape(value), [1], [0], isShape: true));
    }

    private static string Reshape(TfOps ops, string value, string first, string rest)
    {
        var shape = ops.Typed(
            "ConcatV2", [first, rest, ops.Integer(0)],
            TfAttribute.Type("T", TfType.Int32), TfAttribute.Integer("N", 2), TfAttribute.Type("Tidx", TfType.Int32));
        return ops.Op("Reshape", [value, shape], TfAttribute.Type("Tshape", TfType.Int32));
    }
}
