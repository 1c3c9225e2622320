using Klever.Formats.Shapes;

namespace Klever.Formats.MXNet.Shapes;

/// <summary>Layers with parameters, and layers that scale images.</summary>
internal static class LayerRules
{
    public static readonly IReadOnlyDictionary<string, Func<NodeShapes, long[]?[]>> Table =
        new Dictionary<string, Func<NodeShapes, long[]?[]>>
        {
            ["FullyConnected"] = node => [FullyConnected(node)],
            ["BatchNorm"] = node => [node.First, null, null],
            ["_contrib_BatchNormWithReLU"] = node => [node.First, null, null],
            ["LayerNorm"] = node => [node.First, null, null],
            ["GroupNorm"] = node => [node.First, null, null],
            ["Dropout"] = node => [node.First, node.First],
            ["Embedding"] = node => [node.First is { } input ? [.. input, node.Attributes.Integer("output_dim", -1)] : null],
            ["UpSampling"] = node => [UpSampling(node)],
            ["_contrib_BilinearResize2D"] = node => [BilinearResize(node)],
            ["_contrib_AdaptiveAvgPooling2D"] = node => [AdaptivePooling(node)],
            ["RNN"] = Recurrent,
            ["_image_normalize"] = node => [node.First],
            ["_image_to_tensor"] = node => [node.First is [.. var before, var height, var width, var channels]
                ? [.. before, channels, height, width]
                : null],
            ["_image_crop"] = node => [ImageCrop(node)],
            ["SpatialTransformer"] = node => [Transformed(node)],
            ["BilinearSampler"] = node => [Sampled(node)],
        };

    private static long[]? FullyConnected(NodeShapes node)
    {
        var outputs = node.Attributes.Integer("num_hidden", -1);
        if (node.Attributes.Flag("flatten", fallback: true))
        {
            return [node.First is { Length: > 0 } batch ? batch[0] : -1, outputs];
        }

        return node.First is { Length: > 0 } input ? [.. input[..^1], outputs] : null;
    }

    private static long[]? UpSampling(NodeShapes node)
    {
        if (node.First is not { Length: 4 } input)
        {
            return null;
        }

        var scale = node.Attributes.Integer("scale", -1);
        var channels = node.Attributes.Text("sample_type") == "bilinear" || node.Node.Inputs.Count == 1
            || node.Attributes.Text("multi_input_mode") == "sum"
            ? input[1]
            : Sum(node.Inputs.Select(size => size is { Length: 4 } ? size[1] : -1));
        return [input[0], channels, NodeShapes.Times(input[2], scale), NodeShapes.Times(input[3], scale)];
    }

    private static long Sum(IEnumerable<long> sizes)
    {
        var list = sizes.ToList();
        return list.Contains(-1) ? -1 : list.Sum();
    }

    private static long[]? BilinearResize(NodeShapes node)
    {
        if (node.First is not { Length: 4 } input)
        {
            return null;
        }

        if (node.Attributes.Text("mode") == "like")
        {
            return node.Input(1) is { Length: 4 } like ? [input[0], input[1], like[2], like[3]] : null;
        }

        return [input[0], input[1], Resized(node, input[2], "height"), Resized(node, input[3], "width")];
    }

    // bilinear_resize-inl.h
    private static long Resized(NodeShapes node, long size, string name)
    {
        var scale = node.Attributes.Number("scale_" + name, 1);
        return node.Attributes.Text("mode") switch
        {
            null or "size" when !node.Attributes.Has("scale_" + name) => node.Attributes.Integer(name, -1),
            _ when size < 0 => -1,
            null or "size" => (long)(size * scale),
            "odd_scale" => size % 2 == 0 ? (long)(size * scale) : (long)((size - 1) * scale) + 1,
            "to_even_down" => size - (size % 2),
            "to_even_up" => size + (size % 2),
            "to_odd_down" => size - ((size + 1) % 2),
            "to_odd_up" => size + ((size + 1) % 2),
            _ => -1,
        };
    }

    private static long[]? AdaptivePooling(NodeShapes node)
    {
        var sizes = node.Attributes.Integers("output_size");
        if (node.First is not { Length: 4 } input)
        {
            return null;
        }

        var (height, width) = sizes is { Count: > 0 } ? (sizes[0], sizes[^1]) : (1, 1);
        return [input[0], input[1], height, width];
    }

    // [time, items, features]; the states are [layers × directions, items, features].
    private static long[]?[] Recurrent(NodeShapes node)
    {
        if (node.First is not { Length: 3 } input)
        {
            return [null];
        }

        var directions = node.Attributes.Flag("bidirectional", fallback: false) ? 2 : 1;
        var features = node.Attributes.Integer("state_size", -1);
        var outputs = node.Attributes.Integer("projection_size") ?? features;
        var layers = NodeShapes.Times(node.Attributes.Integer("num_layers", -1), directions);
        return
        [
            [input[0], input[1], NodeShapes.Times(outputs, directions)],
            [layers, input[1], outputs],
            [layers, input[1], features],
        ];
    }

    private static long[]? ImageCrop(NodeShapes node) => node.First is { Length: >= 3 } input
        ? [.. input[..^3], node.Attributes.Integer("height", -1), node.Attributes.Integer("width", -1), input[^1]]
        : null;

    private static long[]? Transformed(NodeShapes node) =>
        node.First is { Length: 4 } input && node.Attributes.Integers("target_shape") is { Count: 2 } target
            ? [input[0], input[1], target[0], target[1]]
            : null;

    private static long[]? Sampled(NodeShapes node) =>
        node.First is { Length: 4 } input && node.Input(1) is { Length: 4 } grid
            ? [input[0], input[1], grid[2], grid[3]]
            : null;
}
