using Klever.Formats.Caffe.Shapes;

namespace Klever.Conversion.CaffeToNetDef.Layers;

/// <summary>Layers that join, cut, reorder or reduce axes.</summary>
internal static class AxisLayers
{
    public static readonly IReadOnlyDictionary<string, Action<LayerConversion>> Table =
        new Dictionary<string, Action<LayerConversion>>
        {
            ["Softmax"] = layer => Softmax(layer, "softmax_param"),
            ["SoftmaxWithLoss"] = layer => Softmax(layer, "softmax_param"),
            ["Concat"] = Concat,
            ["Slice"] = Slice,
            ["Flatten"] = Flatten,
            ["Reshape"] = Reshape,
            ["Permute"] = Permute,
            ["Crop"] = Crop,
            ["Reduction"] = Reduction,
            ["ShuffleChannel"] = layer => layer.Emit(
                "ChannelShuffle",
                [layer.Input],
                NetArgument.Of("group", layer.Parameter("shuffle_channel_param").Integer("group") ?? 1),
                NetArgument.Of("order", "NCHW")),
            ["Tile"] = layer => layer.Emit(
                "Tile",
                [layer.Input],
                NetArgument.Of("tiles", layer.Parameter("tile_param").Integer("tiles") ?? 1),
                NetArgument.Of("axis", layer.Axis(layer.Parameter("tile_param").Integer("axis") ?? 1))),
        };

    // Caffe2 takes all axes from the given one on together, Caffe only that one.
    private static void Softmax(LayerConversion layer, string parameterName)
    {
        var size = layer.Size();
        var axis = layer.Axis(layer.Parameter(parameterName).Integer("axis") ?? 1);
        if (size[(axis + 1)..].All(length => length == 1))
        {
            layer.Emit("Softmax", [layer.Input], NetArgument.Of("axis", axis));
            return;
        }

        var order = Enumerable.Range(0, size.Length).Select(i => (long)i).ToArray();
        (order[axis], order[^1]) = (order[^1], order[axis]);
        var turned = layer.Step("Transpose", [layer.Input], NetArgument.Of("axes", order));
        var result = layer.Step("Softmax", [turned], NetArgument.Of("axis", size.Length - 1));
        layer.Emit("Transpose", [result], NetArgument.Of("axes", order));
    }

    private static void Concat(LayerConversion layer)
    {
        var parameters = layer.Parameter("concat_param");
        var axis = parameters.Integer("axis") ?? parameters.Integer("concat_dim") ?? 1;
        layer.Add(
            "Concat",
            layer.Inputs,
            [layer.Output, layer.Helper("_dims")],
            NetArgument.Of("axis", axis < 0 ? layer.Axis(axis) : axis));
    }

    private static void Slice(LayerConversion layer)
    {
        var parameters = layer.Parameter("slice_param");
        var axis = layer.Axis(parameters.Integer("axis") ?? parameters.Integer("slice_dim") ?? 1);
        var parts = CaffeShapes.Of(layer.Layer, [layer.Size()]).Select(part => part?[axis] ?? -1).ToList();
        if (parts.Contains(-1))
        {
            throw LayerRefusal.OfSize("what it cuts");
        }

        layer.Add("Split", [layer.Input], layer.Outputs, NetArgument.Of("axis", axis), NetArgument.Of("split", parts));
    }

    private static void Flatten(LayerConversion layer)
    {
        var parameters = layer.Parameter("flatten_param");
        if (parameters.Integer("axis") is not (null or 1) || parameters.Integer("end_axis") is not (null or -1))
        {
            Shape(layer);
            return;
        }

        layer.Emit("Flatten", [layer.Input], NetArgument.Of("axis", 1));
    }

    private static void Reshape(LayerConversion layer)
    {
        var parameters = layer.Parameter("reshape_param");
        if (parameters.Integer("axis") is not (null or 0) || parameters.Integer("num_axes") is not (null or -1))
        {
            Shape(layer);
            return;
        }

        Reshape(layer, parameters.Message("shape").Integers("dim"));
    }

    // A shape that Caffe2 cannot say in its own codes, worked out; the batch is copied.
    private static void Shape(LayerConversion layer)
    {
        if (CaffeShapes.Of(layer.Layer, [layer.Size()])[0] is not { } to || to.Skip(1).Contains(-1))
        {
            throw LayerRefusal.OfSize("what it forms");
        }

        var copiesBatch = to.Length > 0 && to[0] == layer.Size()[0];
        Reshape(layer, [.. to.Select((length, axis) => axis == 0 && copiesBatch ? 0 : length)]);
    }

    private static void Reshape(LayerConversion layer, IReadOnlyList<long> shape) => layer.Add(
        "Reshape", [layer.Input], [layer.Output, layer.Helper("_dims")], NetArgument.Of("shape", shape));

    private static void Permute(LayerConversion layer)
    {
        var named = layer.Parameter("permute_param").Integers("order");
        var rest = Enumerable.Range(0, layer.Size().Length).Select(axis => (long)axis).Except(named);
        layer.Emit("Transpose", [layer.Input], NetArgument.Of("axes", named.Concat(rest)));
    }

    private static void Crop(LayerConversion layer)
    {
        var parameters = layer.Parameter("crop_param");
        var axis = layer.Axis(parameters.Integer("axis") ?? 2);
        var offsets = parameters.Integers("offset");
        var (size, like) = (layer.Size(), layer.Size(1));
        if (like.Length != size.Length || like.AsSpan(axis).Contains(-1))
        {
            throw LayerRefusal.OfSize("what it crops to");
        }

        var starts = new long[size.Length];
        var ends = Enumerable.Repeat(-1L, size.Length).ToArray();
        for (var i = axis; i < size.Length; i++)
        {
            starts[i] = offsets.Count == 0 ? 0 : offsets.Count == 1 ? offsets[0] : offsets.ElementAtOrDefault(i - axis);
            ends[i] = starts[i] + like[i];
        }

        layer.Emit("Slice", [layer.Input], NetArgument.Of("starts", starts), NetArgument.Of("ends", ends));
    }

    private static void Reduction(LayerConversion layer)
    {
        var parameters = layer.Parameter("reduction_param");
        var (before, type) = parameters.Text("operation") switch
        {
            null or "SUM" or "1" => (null, "ReduceSum"),
            "ASUM" or "2" => ("Abs", "ReduceSum"),
            "SUMSQ" or "3" => ("Sqr", "ReduceSum"),
            "MEAN" or "4" => (null, "ReduceMean"),
            var other => throw new LayerRefusal($"operation = {other} is not supported"),
        };
        var elements = before is null ? layer.Input : layer.Step(before, [layer.Input]);
        var axis = layer.Axis(parameters.Integer("axis") ?? 0);
        NetArgument[] arguments =
        [
            NetArgument.Of("axes", Enumerable.Range(axis, layer.Size().Length - axis).Select(i => (long)i)),
            NetArgument.Of("keepdims", 0),
        ];
        if (parameters.Number("coeff") is null or 1)
        {
            layer.Emit(type, [elements], arguments);
            return;
        }

        var coefficient = layer.Weight("_coeff", [(float)parameters.Number("coeff")!.Value]);
        layer.Emit("Mul", [layer.Step(type, [elements], arguments), coefficient], NetArgument.Of("broadcast", 1));
    }
}
