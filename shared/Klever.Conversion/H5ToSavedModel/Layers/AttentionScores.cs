using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>How well each query fits each key: [batch, queries, keys].</summary>
internal static class AttentionScores
{
    /// <summary>Their product, scaled when the layer learned by how much.</summary>
    public static string OfProducts(KerasEmission layer, AttentionInputs inputs)
    {
        var ops = layer.Ops;
        var mode = layer.Config.Text("score_mode") ?? "dot";
        var scale = layer.Config.Flag("use_scale") ? layer.Weights.Tensor(0, "scale", []) : null;
        switch (mode)
        {
            case "dot":
                var scores = ops.Op(
                    "BatchMatMulV2", [inputs.Query.Tensor, inputs.Key.Tensor], TfAttribute.Flag("adj_y", flag: true));
                return scale is null ? scores : ops.Mul(scores, scale);
            case "concat":
                var sums = Sums(ops, inputs);
                var weight = layer.Weights.Tensor(scale is null ? 0 : 1, "concat_score_weight", []);
                var bent = ops.Op("Tanh", [scale is null ? sums : ops.Mul(sums, scale)]);
                return ops.Mul(ops.Reduce("Sum", bent, [3], keepsDimensions: false), weight);
            default:
                throw layer.Refuse($"its score_mode \"{mode}\" is not converted");
        }
    }

    /// <summary>The sum of tanh of their sum, scaled for each feature.</summary>
    public static string OfSums(KerasEmission layer, AttentionInputs inputs)
    {
        var ops = layer.Ops;
        var bent = ops.Op("Tanh", [Sums(ops, inputs)]);
        bent = layer.Config.Flag("use_scale", otherwise: true)
            ? ops.Mul(bent, layer.Weights.Tensor(0, "scale", [inputs.Query.Size![2]]))
            : bent;
        return ops.Reduce("Sum", bent, [3], keepsDimensions: false);
    }

    private static string Sums(TfOps ops, AttentionInputs inputs) =>
        ops.Add(ops.ExpandDims(inputs.Query.Tensor, 2), ops.ExpandDims(inputs.Key.Tensor, 1));
}
