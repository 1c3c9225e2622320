using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Pooling over windows and over everything.</summary>
internal static class PoolingLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
        Enumerable.Range(1, 3).SelectMany(rank => (KeyValuePair<string, KerasEmitter>[])
        [
            KerasEmitters.Line($"MaxPooling{rank}D", layer => Pool(layer, "MaxPool", rank)),
            KerasEmitters.Line($"AveragePooling{rank}D", layer => Pool(layer, "AvgPool", rank)),
            KerasEmitters.Line($"GlobalMaxPooling{rank}D", layer => Global(layer, "Max", rank)),
            KerasEmitters.Line($"GlobalAveragePooling{rank}D", layer => Global(layer, "Mean", rank)),
        ]).ToList();

    private static string Pool(KerasEmission layer, string op, int rank)
    {
        if (layer.Rank != rank + 2)
        {
            throw layer.Refuse($"its input has {layer.Rank} dimensions, not {rank + 2}");
        }

        var size = layer.Lengths("pool_size", rank, otherwise: 2);
        var strides = layer.Config.Find("strides") is null ? size : layer.Lengths("strides", rank, otherwise: 1);
        var padding = layer.Config.Text("padding") == "same" ? "SAME" : "VALID";
        var input = rank == 1 ? layer.Ops.ExpandDims(layer.Input, axis: 1) : layer.Input;
        var output = layer.Ops.Op(
            rank == 3 ? op + "3D" : op,
            [input],
            TfAttribute.Integers("ksize", Around(size)),
            TfAttribute.Integers("strides", Around(strides)),
            TfAttribute.Text("padding", padding));
        return rank == 1 ? layer.Ops.Squeeze(output, axis: 1) : output;

        long[] Around(long[] spatial) => rank == 1 ? [1, 1, spatial[0], 1] : [1, .. spatial, 1];
    }

    private static string Global(KerasEmission layer, string op, int rank)
    {
        if (layer.Rank != rank + 2)
        {
            throw layer.Refuse($"its input has {layer.Rank} dimensions, not {rank + 2}");
        }

        long[] axes = [.. Enumerable.Range(1, rank).Select(axis => (long)axis)];
        var keepsDimensions = layer.Config.Flag("keepdims");
        return op == "Mean" && rank == 1 && layer.Inputs[0].Mask is { } mask
            ? OfSteps(layer, mask, keepsDimensions)
            : layer.Ops.Reduce(op, layer.Input, axes, keepsDimensions);
    }

    // The mean of the steps that count.
    private static string OfSteps(KerasEmission layer, GraphMask mask, bool keepsDimensions)
    {
        var ops = layer.Ops;
        var weights = ops.Cast(ops.ExpandDims(mask.Tensor, -1, TfType.Boolean), TfType.Boolean, TfType.Float);
        var sum = ops.Reduce("Sum", ops.Mul(layer.Input, weights), [1], keepsDimensions);
        return ops.Op("RealDiv", [sum, ops.Reduce("Sum", weights, [1], keepsDimensions)]);
    }
}
