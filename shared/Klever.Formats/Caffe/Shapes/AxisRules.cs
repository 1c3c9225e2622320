using Klever.Formats.Caffe.TextFormat;
using Klever.Formats.Shapes;

namespace Klever.Formats.Caffe.Shapes;

/// <summary>Layers that join, cut, count or reorder axes.</summary>
internal static class AxisRules
{
    public static readonly IReadOnlyDictionary<string, Func<LayerShapes, long[]?[]>> Table =
        new Dictionary<string, Func<LayerShapes, long[]?[]>>
        {
            ["InnerProduct"] = InnerProduct,
            ["Flatten"] = layer => layer.Every(Flatten(layer.First, layer.Parameter("flatten_param"))),
            ["Reshape"] = layer => layer.Every(ReshapeRule.Of(layer.First, layer.Parameter("reshape_param"))),
            ["Concat"] = layer => layer.Every(Concat(layer)),
            ["Slice"] = Slice,
            ["Crop"] = layer => layer.Every(Crop(layer)),
            ["ArgMax"] = layer => layer.Every(ArgMax(layer.First, layer.Parameter("argmax_param"))),
            ["Reduction"] = layer => layer.Every(Reduction(layer)),
            ["Tile"] = Tile,
            ["Embed"] = Embed,
            ["Parameter"] = layer => layer.Every(ParameterSize(layer)),
            ["BatchReindex"] = layer => layer.Every(LayerShapes.With(layer.First, 0, _ => layer.Bottom(1)?[0] ?? -1)),
            ["Filter"] = Filter,
            ["SPP"] = layer => layer.Every(PyramidPooling(layer)),
            ["Permute"] = layer => layer.Every(Permute(layer)),
        };

    private static long[]?[] InnerProduct(LayerShapes layer)
    {
        var parameters = layer.Parameter("inner_product_param");
        var outputs = parameters.Integer("num_output") ?? -1;
        return layer.Every(layer.First is { } input && LayerShapes.Axis(input, parameters.Integer("axis") ?? 1) is { } axis
            ? [.. input[..axis], outputs]
            : null);
    }

    private static long[]? Flatten(long[]? input, TextMessage parameters)
    {
        if (input is null
            || LayerShapes.Axis(input, parameters.Integer("axis") ?? 1) is not { } first
            || LayerShapes.Axis(input, parameters.Integer("end_axis") ?? -1) is not { } last
            || last < first - 1)
        {
            return null;
        }

        return [.. input[..first], Window.Product(input[first..(last + 1)]), .. input[(last + 1)..]];
    }

    private static long[]? Concat(LayerShapes layer)
    {
        var parameters = layer.Parameter("concat_param");
        var axis = parameters.Integer("axis") ?? parameters.Integer("concat_dim") ?? 1;
        if (layer.Bottoms.Any(bottom => bottom is null || LayerShapes.Axis(bottom, axis) is null))
        {
            return null;
        }

        var sizes = layer.Bottoms.Select(bottom => bottom![LayerShapes.Axis(bottom, axis)!.Value]).ToList();
        return LayerShapes.With(layer.First, axis, _ => sizes.Contains(-1) ? -1 : sizes.Sum());
    }

    private static long[]?[] Slice(LayerShapes layer)
    {
        var parameters = layer.Parameter("slice_param");
        var axis = parameters.Integer("axis") ?? parameters.Integer("slice_dim") ?? 1;
        var points = parameters.Integers("slice_point");
        var tops = layer.Layer.Tops.Count;
        return [.. Enumerable.Range(0, tops).Select(top => LayerShapes.With(layer.First, axis, size => Part(top, size)))];

        long Part(int top, long size)
        {
            if (points.Count == 0)
            {
                return size < 0 ? -1 : size / tops;
            }

            var start = top == 0 ? 0 : points.ElementAtOrDefault(top - 1);
            var end = top < points.Count ? points[top] : size;
            return end < 0 ? -1 : end - start;
        }
    }

    private static long[]? Crop(LayerShapes layer)
    {
        if (layer.First is not { } input || layer.Bottom(1) is not { } reference || reference.Length != input.Length
            || LayerShapes.Axis(input, layer.Parameter("crop_param").Integer("axis") ?? 2) is not { } axis)
        {
            return null;
        }

        return [.. input[..axis], .. reference[axis..]];
    }

    private static long[]? ArgMax(long[]? input, TextMessage parameters)
    {
        var top = parameters.Integer("top_k") ?? 1;
        if (parameters.Integer("axis") is { } axis)
        {
            return LayerShapes.With(input, axis, _ => top);
        }

        if (input is not { Length: > 0 })
        {
            return null;
        }

        var output = Enumerable.Repeat(1L, Math.Max(input.Length, 3)).ToArray();
        output[0] = input[0];
        output[1] = parameters.Flag("out_max_val") ?? false ? 2 : 1;
        output[2] = top;
        return output;
    }

    private static long[]? Reduction(LayerShapes layer)
    {
        var axis = layer.Parameter("reduction_param").Integer("axis") ?? 0;
        return layer.First is { } input && LayerShapes.Axis(input, axis) is { } index ? input[..index] : null;
    }

    private static long[]?[] Tile(LayerShapes layer)
    {
        var parameters = layer.Parameter("tile_param");
        var tiles = parameters.Integer("tiles") ?? -1;
        return layer.Every(LayerShapes.With(
            layer.First, parameters.Integer("axis") ?? 1, size => LayerShapes.Times(size, tiles)));
    }

    private static long[]?[] Embed(LayerShapes layer) =>
        layer.Every(layer.First is { } input
            ? [.. input, layer.Parameter("embed_param").Integer("num_output") ?? -1]
            : null);

    private static long[]? ParameterSize(LayerShapes layer) =>
        layer.Parameter("parameter_param").Messages("shape").Select(CaffeSizes.Of).FirstOrDefault();

    // Which items pass is known only at run time. The last bottom selects.
    private static long[]?[] Filter(LayerShapes layer) =>
        [.. layer.Layer.Tops.Select((_, index) => LayerShapes.With(layer.Bottom(index), 0, _ => -1))];

    // Levels of 1, 4, 16, … bins.
    private static long[]? PyramidPooling(LayerShapes layer)
    {
        const int MaximumHeight = 16;
        var height = layer.Parameter("spp_param").Integer("pyramid_height") ?? 0;
        return layer.First is { Length: 4 } input && height is > 0 and <= MaximumHeight
            ? [input[0], LayerShapes.Times(input[1], ((1L << (int)(2 * height)) - 1) / 3)]
            : null;
    }

    // Axes that are not named follow in their order.
    private static long[]? Permute(LayerShapes layer)
    {
        if (layer.First is not { } input)
        {
            return null;
        }

        var named = layer.Parameter("permute_param").Integers("order");
        var order = named.Concat(Enumerable.Range(0, input.Length).Select(axis => (long)axis).Except(named)).ToList();
        return order.Count == input.Length && order.TrueForAll(axis => axis >= 0 && axis < input.Length)
            ? [.. order.Select(axis => input[axis])]
            : null;
    }
}
