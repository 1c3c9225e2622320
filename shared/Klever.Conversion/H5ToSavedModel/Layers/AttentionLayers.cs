using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Attention over sequences: softmax(scores of query and key) times the value; with several heads for each of them.</summary>
internal static class AttentionLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        new("MultiHeadAttention", MultiHead),
        new("Attention", layer => Single(layer, AttentionScores.OfProducts)),
        new("AdditiveAttention", layer => Single(layer, AttentionScores.OfSums)),
    ];

    private static IReadOnlyList<string> MultiHead(KerasEmission layer)
    {
        if (layer.Config.Find("attention_axes") is not null && layer.Config.Integers("attention_axes", 1) is not [1])
        {
            throw layer.Refuse("its attention_axes are not converted");
        }

        var ops = layer.Ops;
        var inputs = AttentionInputs.Of(layer);
        var (heads, keyWidth) = (layer.Required("num_heads"), layer.Required("key_dim"));
        var valueWidth = layer.Optional("value_dim", keyWidth);
        var queries = Heads(layer, inputs.Query, 0, "query", heads, keyWidth);
        var keys = Heads(layer, inputs.Key, 1, "key", heads, keyWidth);
        var values = Heads(layer, inputs.Value, 2, "value", heads, valueWidth);
        var scaled = ops.Mul(queries, ops.Number((float)(1 / Math.Sqrt(keyWidth))));
        var scores = ops.Op("BatchMatMulV2", [scaled, keys], TfAttribute.Flag("adj_y", flag: true));
        if (MultiHeadMask(layer, inputs) is { } mask)
        {
            scores = AttentionMasks.Apply(ops, scores, mask);
        }

        var shares = ops.Op("Softmax", [scores]);
        var joined = ops.Transpose(ops.Op("BatchMatMulV2", [shares, values]), 0, 2, 1, 3);
        var width = layer.OutputSizes[0]?[^1] ?? throw layer.Refuse("its output_shape is not converted");
        return WithScores(layer, Output(layer, joined, inputs.Query, heads, valueWidth, width), shares);
    }

    // [batch or 1, heads or 1, queries, keys].
    private static string? MultiHeadMask(KerasEmission layer, AttentionInputs inputs)
    {
        var ops = layer.Ops;
        var isOwn = layer.Version.MasksAttention;
        var explicitMask = inputs.Mask is { } given
            ? (given.Size?.Count ?? 0) switch
            {
                3 => ops.ExpandDims(AsBoolean(ops, given), 1, TfType.Boolean),
                2 or 4 => AsBoolean(ops, given),
                _ => throw layer.Refuse("its attention_mask has other than two to four dimensions"),
            }
            : null;
        return AttentionMasks.All(
            ops,
            [
                isOwn ? Spread(ops, inputs.Query.Mask, 1, -1) : null,
                isOwn ? Spread(ops, inputs.Value.Mask, 1, 1) : null,
                isOwn && inputs.HasKey ? Spread(ops, inputs.Key.Mask, 1, 1) : null,
                KerasCallArguments.IsOn(layer.Node, "use_causal_mask")
                    ? AttentionMasks.Causal(ops, inputs.Query.Tensor, inputs.Key.Tensor)
                    : null,
                explicitMask,
            ]);
    }

    private static string AsBoolean(TfOps ops, GraphValue mask) => ops.Op("NotEqual", [mask.Tensor, ops.Number(0)]);

    private static string? Spread(TfOps ops, GraphMask? mask, params int[] axes) => mask is null
        ? null
        : axes.Aggregate(mask.Tensor, (value, axis) => ops.ExpandDims(value, axis, TfType.Boolean));

    // One head: scores of [batch, queries, keys]; what a mask hides of the query is zero.
    private static IReadOnlyList<string> Single(KerasEmission layer, Func<KerasEmission, AttentionInputs, string> score)
    {
        var ops = layer.Ops;
        var inputs = AttentionInputs.Of(layer);
        var isCausal = layer.Config.Flag("causal") || KerasCallArguments.IsOn(layer.Node, "use_causal_mask");
        var mask = AttentionMasks.All(
            ops,
            [
                Spread(ops, inputs.Value.Mask, 1),
                isCausal ? AttentionMasks.Causal(ops, inputs.Query.Tensor, inputs.Key.Tensor) : null,
            ]);
        var scores = score(layer, inputs);
        scores = mask is null ? scores : AttentionMasks.Apply(ops, scores, mask);
        var shares = ops.Op("Softmax", [scores]);
        var result = ops.Op("BatchMatMulV2", [shares, inputs.Value.Tensor]);
        result = Spread(ops, inputs.Query.Mask, -1) is { } counted
            ? ops.Mul(result, ops.Cast(counted, TfType.Boolean, TfType.Float))
            : result;
        return WithScores(layer, result, shares);
    }

    private static IReadOnlyList<string> WithScores(KerasEmission layer, string result, string scores) =>
        KerasCallArguments.IsOn(layer.Node, "return_attention_scores") ? [result, scores] : [result];

    // [batch, time, heads * width] to [batch, heads, time, width].
    private static string Heads(KerasEmission layer, GraphValue input, int index, string name, long heads, long width)
    {
        var ops = layer.Ops;
        var size = input.Size!;
        var step = layer.HasBias ? 2 : 1;
        var kernel = layer.Weights.Tensor(
            index * step, $"{name}/kernel", [size[2], heads, width], [size[2], heads * width]);
        var bias = layer.HasBias
            ? layer.Weights.Tensor((index * step) + 1, $"{name}/bias", [heads, width], [heads * width])
            : null;
        var product = ops.BiasAdd(ops.MatMul(ops.Reshape(input.Tensor, -1, size[2]), kernel), bias);
        var split = ops.ReshapeLike(product, input.Tensor, (size[0], 0), (size[1], 1), (heads, -1), (width, -1));
        return ops.Transpose(split, 0, 2, 1, 3);
    }

    private static string Output(
        KerasEmission layer, string joined, GraphValue query, long heads, long valueWidth, long width)
    {
        var ops = layer.Ops;
        var step = layer.HasBias ? 2 : 1;
        var kernel = layer.Weights.Tensor(
            3 * step, "attention_output/kernel", [heads, valueWidth, width], [heads * valueWidth, width]);
        var bias = layer.HasBias ? layer.Weights.Tensor((3 * step) + 1, "attention_output/bias", [width]) : null;
        var product = ops.BiasAdd(ops.MatMul(ops.Reshape(joined, -1, heads * valueWidth), kernel), bias);
        return ops.ReshapeLike(product, query.Tensor, (query.Size![0], 0), (query.Size[1], 1), (width, -1));
    }
}
