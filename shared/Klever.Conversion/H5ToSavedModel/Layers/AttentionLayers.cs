using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Multi-head attention over sequences: softmax(Q Kᵀ / √d) V for each head.</summary>
internal static class AttentionLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
        [KerasEmitters.Line("MultiHeadAttention", MultiHead)];

    // The call is (query, value) or (query, value, key); without a key it is the value.
    private static string MultiHead(KerasEmission layer)
    {
        if (layer.Inputs.Count is < 2 or > 3 || layer.Inputs.Any(input => input.Size?.Count != 3))
        {
            throw layer.Refuse("it is converted for query, value and key of three dimensions, without a mask");
        }

        if (layer.Config.Find("attention_axes") is not null && layer.Config.Integers("attention_axes", 1) is not [1])
        {
            throw layer.Refuse("its attention_axes are not converted");
        }

        var ops = layer.Ops;
        var (heads, keyWidth) = (layer.Required("num_heads"), layer.Required("key_dim"));
        var valueWidth = layer.Config.Integer("value_dim") ?? keyWidth;
        var (query, value, key) = (layer.Inputs[0], layer.Inputs[1], layer.Inputs[^1]);
        if (layer.Node is { } node && KerasCallArguments.IsBefore(node, "key", "value"))
        {
            (value, key) = (key, value);
        }

        var queries = Heads(layer, query, 0, "query", heads, keyWidth);
        var keys = Heads(layer, key, 1, "key", heads, keyWidth);
        var values = Heads(layer, value, 2, "value", heads, valueWidth);
        var scaled = ops.Mul(queries, ops.Number((float)(1 / Math.Sqrt(keyWidth))));
        var scores = ops.Op(
            "Softmax", [ops.Op("BatchMatMulV2", [scaled, keys], TfAttribute.Flag("adj_y", flag: true))]);
        var joined = ops.Transpose(ops.Op("BatchMatMulV2", [scores, values]), 0, 2, 1, 3);
        var width = layer.OutputSizes[0]?[^1] ?? throw layer.Refuse("its output_shape is not converted");
        return Output(layer, joined, query, heads, valueWidth, width);
    }

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
