using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Masks of attention: which key a query may look at.</summary>
internal static class AttentionMasks
{
    /// <summary>What Keras adds to the scores that a mask hides.</summary>
    private const float Hidden = -1e9f;

    public static string Apply(TfOps ops, string scores, string mask)
    {
        var seen = ops.Cast(mask, TfType.Boolean, TfType.Float);
        return ops.Add(scores, ops.Mul(ops.Sub(ops.Number(1), seen), ops.Number(Hidden)));
    }

    /// <summary>[queries, keys]: a query may look at keys that are not after it.</summary>
    public static string Causal(TfOps ops, string queries, string keys) => ops.Int32Op(
        "GreaterEqual", ops.ExpandDims(Positions(ops, queries), 1, TfType.Int32), ops.ExpandDims(Positions(ops, keys), 0, TfType.Int32));

    /// <summary>All masks that are there, one after the other; null when none is.</summary>
    public static string? All(TfOps ops, params IEnumerable<string?> masks)
    {
        var present = masks.OfType<string>().ToList();
        return present.Count == 0 ? null : present.Aggregate(ops.Both);
    }

    private static string Positions(TfOps ops, string value) => ops.Typed(
        "Range", [ops.Integer(0), ops.Dimension(ops.Shape(value), 1), ops.Integer(1)], TfAttribute.Type("Tidx", TfType.Int32));
}
