using Klever.Formats.Shapes;

namespace Klever.Formats.Onnx.Inference;

/// <summary>Operations that slide a window, and products of matrices.</summary>
internal static class OnnxWindowRules
{
    private static readonly string[] Pools = ["AveragePool", "LpPool", "MaxPool"];

    private static readonly string[] GlobalPools = ["GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool"];

    public static IEnumerable<KeyValuePair<string, OnnxRule>> Table =>
    [
        OnnxRules.Line(
            "Conv", operation => Slide(operation, operation.Size(1)?.Skip(2).ToList(), First(operation.Size(1)))),
        .. Pools.Select(name => OnnxRules.Line(name, operation => Slide(
            operation, operation.Node.Lists.GetValueOrDefault("kernel_shape"), channels: null))),
        .. GlobalPools.Select(name => OnnxRules.Line(name, operation => operation.Size(0) is { Count: >= 2 } size
            ? new TensorFact([.. size.Select((length, axis) => axis < 2 ? length : 1)])
            : TensorFact.Unknown)),
        OnnxRules.Line("Gemm", Gemm),
        OnnxRules.Line("MatMul", MatMul),
    ];

    private static long First(IReadOnlyList<long>? size) => size is [var first, ..] ? first : Dimension.Unknown;

    private static TensorFact Slide(OnnxOperation operation, IReadOnlyList<long>? kernel, long? channels)
    {
        var size = operation.Size(0);
        kernel = operation.Node.Lists.GetValueOrDefault("kernel_shape") ?? kernel;
        if (size is not { Count: > 2 } || kernel is null || kernel.Count != size.Count - 2)
        {
            return size is null ? TensorFact.Unknown : TensorFact.OfRank(size.Count);
        }

        return new TensorFact([.. size.Select((length, axis) => axis switch
        {
            0 => length,
            1 => channels ?? length,
            _ => Length(operation, length, axis - 2, kernel),
        })]);
    }

    private static long Length(OnnxOperation operation, long input, int axis, IReadOnlyList<long> kernel)
    {
        var stride = At("strides", axis, otherwise: 1);
        var mode = operation.Node.Texts.GetValueOrDefault("auto_pad", "NOTSET");
        if (input < 0 || kernel[axis] < 0 || stride <= 0)
        {
            return Dimension.Unknown;
        }

        var padding = mode == "NOTSET" ? At("pads", axis, 0) + At("pads", axis + kernel.Count, 0) : 0;
        var window = Window.Effective(kernel[axis], At("dilations", axis, otherwise: 1));
        var length = mode.StartsWith("SAME", StringComparison.Ordinal) ? Window.Same(input, stride)
            : operation.Integer("ceil_mode", otherwise: 0) != 0 ? Window.Ceiling(input, window, stride, padding)
            : Window.Floor(input, window, stride, padding);
        return length < 0 ? Dimension.Unknown : length;

        long At(string attribute, int place, long otherwise) =>
            operation.Node.Lists.GetValueOrDefault(attribute) is { } list && place < list.Count
                ? list[place]
                : otherwise;
    }

    private static TensorFact Gemm(OnnxOperation operation)
    {
        var rows = Pick(operation.Size(0), operation.Integer("transA", otherwise: 0) != 0 ? 1 : 0);
        var columns = Pick(operation.Size(1), operation.Integer("transB", otherwise: 0) != 0 ? 0 : 1);
        return new TensorFact([rows, columns]);

        static long Pick(IReadOnlyList<long>? size, int axis) => size is { Count: 2 } ? size[axis] : Dimension.Unknown;
    }

    private static TensorFact MatMul(OnnxOperation operation)
    {
        if (operation.Size(0) is not { Count: >= 2 } left || operation.Size(1) is not { Count: >= 2 } right)
        {
            return TensorFact.Unknown;
        }

        var batch = TensorFact.Broadcast(new TensorFact([.. left.SkipLast(2)]), new TensorFact([.. right.SkipLast(2)]));
        return new TensorFact([.. batch.Size ?? [], left[^2], right[^1]]);
    }
}
