using Klever.Conversion.Onnx;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Operators that look at the neighbours of an element.</summary>
internal static class NormalizationTranslations
{
    private const float DefaultEpsilon = 1e-5f;

    public static IEnumerable<KeyValuePair<string, NetTranslator>> Table =>
    [
        new("SpatialBN", NormalizeBatch),
        new("InstanceNorm", t => t.Graph.Add(
            "InstanceNormalization", t.Inputs, t.Output,
            OnnxAttribute.Of("epsilon", t.Number("epsilon", DefaultEpsilon)))),
        new("LRN", NormalizeResponse),
        new("Softmax", t => t.Graph.SoftmaxFrom(
            t.Inputs[0], t.Operator.Integer("axis", otherwise: 1), t.Rank(0), t.Output)),
    ];

    private static void NormalizeBatch(NetTranslation t)
    {
        if (t.Operator.Integer("is_test") == 0 || t.Inputs.Count != 5)
        {
            t.Refuse("it is in training mode (is_test is not 1)");
            return;
        }

        t.Graph.Add(
            "BatchNormalization", t.Inputs, t.Output, OnnxAttribute.Of("epsilon", t.Number("epsilon", DefaultEpsilon)));
    }

    private static void NormalizeResponse(NetTranslation t)
    {
        if (t.IsWanted(1))
        {
            t.Refuse("its scale is taken by another operator");
        }

        t.Graph.Add(
            "LRN", t.Inputs, t.Output,
            OnnxAttribute.Of("size", t.Operator.Integer("size")), OnnxAttribute.Of("alpha", t.Number("alpha", 0)),
            OnnxAttribute.Of("beta", t.Number("beta", 0)), OnnxAttribute.Of("bias", t.Number("bias", 1)));
    }
}
