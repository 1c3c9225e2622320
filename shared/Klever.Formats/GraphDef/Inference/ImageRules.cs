using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>Operations that slide a window or change the resolution.</summary>
internal static class ImageRules
{
    private static readonly string[] Pools =
        ["AvgPool", "AvgPool3D", "MaxPool", "MaxPool3D", "MaxPoolWithArgmax", "QuantizedMaxPool"];

    private static readonly string[] Convolutions =
        ["Conv2D", "Conv3D", "_FusedConv2D", "FusedConv2D", "QuantizedConv2D"];

    private static readonly string[] Normalizations =
    [
        "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3", "_FusedBatchNormEx",
        "BatchNormWithGlobalNormalization",
    ];

    private static readonly string[] Resizes =
        ["ResizeArea", "ResizeBicubic", "ResizeBilinear", "ResizeNearestNeighbor", "ResizeBilinearV2"];

    public static IEnumerable<KeyValuePair<string, ShapeRule>> Table =>
    [
        .. Pools.Select(name => KeyValuePair.Create<string, ShapeRule>(name, Pool)),
        .. Convolutions.Select(name => KeyValuePair.Create<string, ShapeRule>(name, Convolve)),
        .. Normalizations.Select(name => KeyValuePair.Create<string, ShapeRule>(name, Normalize)),
        .. Resizes.Select(name => KeyValuePair.Create<string, ShapeRule>(name, Resize)),
        new("DepthwiseConv2dNative", ConvolveDepthwise),
        new("Conv2DBackpropInput", operation => CreationRules.OfShape(operation.Input(0))),
        new("Conv3DBackpropInputV2", operation => CreationRules.OfShape(operation.Input(0))),
        new("Dilation2D", ConvolveDilation),
        new("SpaceToDepth", operation => Rearrange(operation, spaceToDepth: true)),
        new("DepthToSpace", operation => Rearrange(operation, spaceToDepth: false)),
        new("SpaceToBatchND", operation => MoveBlocks(operation, toBatch: true)),
        new("BatchToSpaceND", operation => MoveBlocks(operation, toBatch: false)),
        new("CropAndResize", CropAndResize),
        new("DecodeJpeg", Decode),
        new("DecodePng", Decode),
        new("DecodeImage", Decode),
    ];

    // The filter is H W I O; with D before them in three dimensions.
    private static TensorFact Convolve(Operation operation) =>
        Slide(operation, operation.Size(1), filter => filter[^1]);

    // H W C M: each of C channels gives M.
    private static TensorFact ConvolveDepthwise(Operation operation) =>
        Slide(operation, operation.Size(1), filter => Dimension.Multiply(filter[^2], filter[^1]));

    // H W C, with the names of its attributes in the plural of another age.
    private static TensorFact ConvolveDilation(Operation operation) =>
        operation.Size(1) is [var height, var width, var channels]
            ? Slide(operation, [height, width, channels, channels], filter => filter[^1], dilations: "rates")
            : TensorFact.OfRank(4);

    private static TensorFact Slide(
        Operation operation,
        IReadOnlyList<long>? filter,
        Func<IReadOnlyList<long>, long> channels,
        string dilations = "dilations")
    {
        var rank = operation.Node.Type.StartsWith("Conv3D", StringComparison.Ordinal) ? 5 : 4;
        var input = operation.Size(0) ?? TensorFact.OfRank(rank).Size!;
        if (input.Count != rank)
        {
            return TensorFact.Unknown;
        }

        filter = filter?.Count == rank ? filter : TensorFact.OfRank(rank).Size!;
        var layout = new Layout(rank, operation.IsChannelsFirst);
        var size = input.ToArray();
        size[layout.Channels] = channels(filter);
        for (var i = 0; i < rank - 2; i++)
        {
            var axis = layout.Spatial + i;
            var dilation = At(operation.Node.Numbers(dilations), axis);
            size[axis] = Window(operation, axis, input[axis], filter[i], dilation);
        }

        return new TensorFact(size);
    }

    private static TensorFact Pool(Operation operation)
    {
        var kernel = operation.Node.Numbers("ksize");
        var input = operation.Size(0);
        return input is null ? TensorFact.OfRank(Math.Max(4, kernel.Count))
            : new TensorFact(
                [.. input.Select((length, axis) => Window(operation, axis, length, At(kernel, axis), dilation: 1))]);
    }

    // One axis under a window; an axis that the window does not move over has kernel and stride 1.
    private static long Window(Operation operation, int axis, long length, long kernel, long dilation)
    {
        var stride = At(operation.Node.Numbers("strides"), axis);
        if (kernel == 1 && stride == 1 && operation.Node.Text("padding") != "EXPLICIT")
        {
            return length;
        }

        if (!Dimension.IsKnown(length) || stride <= 0)
        {
            return stride == 1 && operation.Node.Text("padding") == "SAME" ? length : Dimension.Unknown;
        }

        if (operation.Node.Text("padding") == "SAME")
        {
            return Dimension.Divide(Dimension.Add(length, stride - 1), stride);
        }

        var explicitPaddings = operation.Node.Numbers("explicit_paddings");
        var padding = explicitPaddings.Count > (2 * axis) + 1
            ? Dimension.Add(explicitPaddings[2 * axis], explicitPaddings[(2 * axis) + 1])
            : 0;
        var covered = Dimension.Add(Dimension.Multiply(dilation, Dimension.Subtract(kernel, 1)), 1);
        return Dimension.Add(Dimension.Divide(Dimension.Subtract(Dimension.Add(length, padding), covered), stride), 1);
    }

    private static TensorFact Normalize(Operation operation)
    {
        if (operation.Output == 0)
        {
            return operation.Input(0);
        }

        return operation.Size(0) is [_, _, _, ..] size
            ? new TensorFact([size[new Layout(size.Count, operation.IsChannelsFirst).Channels]])
            : TensorFact.OfRank(1);
    }

    private static TensorFact Resize(Operation operation)
    {
        var input = operation.Size(0) is { Count: 4 } known ? known : TensorFact.OfRank(4).Size!;
        return operation.Elements(1) is [var height, var width]
            ? new TensorFact([input[0], height, width, input[3]])
            : new TensorFact([input[0], Dimension.Unknown, Dimension.Unknown, input[3]]);
    }

    private static TensorFact Rearrange(Operation operation, bool spaceToDepth)
    {
        if (operation.Size(0) is not { Count: 4 } input)
        {
            return TensorFact.OfRank(4);
        }

        var block = operation.Node.Number("block_size");
        var layout = new Layout(rank: 4, operation.IsChannelsFirst);
        var area = Dimension.Multiply(block, block);
        return new TensorFact([.. input.Select((length, axis) =>
            axis == 0 ? length
            : (axis == layout.Channels) == spaceToDepth
                ? Dimension.Multiply(length, axis == layout.Channels ? area : block)
            : Dimension.Divide(length, axis == layout.Channels ? area : block))]);
    }

    // Blocks of the image become images of the batch, or the other way round; paddings or crops are pairs for each
    // spatial axis.
    private static TensorFact MoveBlocks(Operation operation, bool toBatch)
    {
        if (operation.Size(0) is not { Count: >= 2 } input)
        {
            return TensorFact.Unknown;
        }

        if (operation.Elements(1) is not { } blocks || blocks.Count >= input.Count
            || operation.Elements(2)?.Count != 2 * blocks.Count)
        {
            return TensorFact.OfRank(input.Count);
        }

        var size = input.ToArray();
        var edges = operation.Elements(2)!;
        for (var i = 0; i < blocks.Count; i++)
        {
            var edge = Dimension.Add(edges[2 * i], edges[(2 * i) + 1]);
            size[i + 1] = toBatch
                ? Dimension.Divide(Dimension.Add(size[i + 1], edge), blocks[i])
                : Dimension.Subtract(Dimension.Multiply(size[i + 1], blocks[i]), edge);
            size[0] = toBatch ? Dimension.Multiply(size[0], blocks[i]) : Dimension.Divide(size[0], blocks[i]);
        }

        return new TensorFact(size);
    }

    private static TensorFact CropAndResize(Operation operation)
    {
        var boxes = operation.Size(1) is [var count, _] ? count : Dimension.Unknown;
        var channels = operation.Size(0) is [_, _, _, var last] ? last : Dimension.Unknown;
        return operation.Elements(3) is [var height, var width]
            ? new TensorFact([boxes, height, width, channels])
            : new TensorFact([boxes, Dimension.Unknown, Dimension.Unknown, channels]);
    }

    private static TensorFact Decode(Operation operation)
    {
        var channels = operation.Node.Number("channels");
        return new TensorFact([Dimension.Unknown, Dimension.Unknown, channels > 0 ? channels : Dimension.Unknown]);
    }

    private static long At(IReadOnlyList<long> numbers, int axis) => axis < numbers.Count ? numbers[axis] : 1;
}
