namespace Klever.Conversion.Onnx;

/// <summary>Operations whose spelling changed between operator sets; callers need not know.</summary>
internal static class OnnxOperations
{
    // From here on the axes of Squeeze, Unsqueeze and ReduceSum, and the sizes of Split, are inputs.
    private const int AxesAreInputs = 13;

    /// <summary>From here on Softmax is along the axis it names, not over all from there on.</summary>
    public const int FirstWithSoftmaxOfOneAxis = 13;

    /// <summary>Operator sets that the converters can write.</summary>
    public const int LowestOpset = 11;
    public const int HighestOpset = 17;
    public const int DefaultOpset = 12;

    public static string Unsqueeze(
        this OnnxGraphBuilder graph, string input, IReadOnlyList<long> axes, string output) =>
        WithAxes(graph, "Unsqueeze", input, axes, output);

    public static string Squeeze(this OnnxGraphBuilder graph, string input, IReadOnlyList<long> axes, string output) =>
        WithAxes(graph, "Squeeze", input, axes, output);

    /// <param name="type">ReduceMean, ReduceSum and so on.</param>
    public static string Reduce(
        this OnnxGraphBuilder graph,
        string type,
        string input,
        IReadOnlyList<long> axes,
        bool keepsDimensions,
        string output)
    {
        var keeps = OnnxAttribute.Of("keepdims", keepsDimensions ? 1 : 0);
        return type == "ReduceSum" && graph.Opset >= AxesAreInputs
            ? graph.Add(type, [input, graph.Integers([.. axes])], output, keeps)
            : graph.Add(type, [input], output, OnnxAttribute.Of("axes", axes), keeps);
    }

    public static void Split(
        this OnnxGraphBuilder graph, string input, long axis, IReadOnlyList<long> sizes, IReadOnlyList<string> outputs)
    {
        if (graph.Opset >= AxesAreInputs)
        {
            graph.Add("Split", [input, graph.Integers([.. sizes])], outputs, OnnxAttribute.Of("axis", axis));
        }
        else
        {
            graph.Add("Split", [input], outputs, OnnxAttribute.Of("axis", axis), OnnxAttribute.Of("split", sizes));
        }
    }

    public static string Reshape(this OnnxGraphBuilder graph, string input, IReadOnlyList<long> shape, string output) =>
        graph.Add("Reshape", [input, graph.Integers([.. shape])], output);

    public static string Transpose(
        this OnnxGraphBuilder graph, string input, IReadOnlyList<long> permutation, string output) =>
        graph.Add("Transpose", [input], output, OnnxAttribute.Of("perm", permutation));

    /// <summary>Nearest neighbours as most frameworks choose them: output i takes input floor(i / scale).</summary>
    public static string ResizeNearest(this OnnxGraphBuilder graph, string input, float[] scales, string output)
    {
        // The region of interest is not used by this mode, but was not optional at first.
        var region = graph.Opset >= AxesAreInputs ? "" : graph.Floats();
        return graph.Add(
            "Resize", [input, region, graph.Floats(scales)], output,
            OnnxAttribute.Of("mode", "nearest"),
            OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"),
            OnnxAttribute.Of("nearest_mode", "floor"));
    }

    /// <summary>Straight lines between pixels, to a size that is given as a tensor of all axes.</summary>
    public static string ResizeLinear(
        this OnnxGraphBuilder graph, string input, string size, bool alignsCorners, string output) =>
        graph.Add(
            "Resize", [input, graph.Floats(), graph.Floats(), size], output,
            OnnxAttribute.Of("mode", "linear"),
            OnnxAttribute.Of("coordinate_transformation_mode", alignsCorners ? "align_corners" : "half_pixel"));

    /// <summary>Softmax over all dimensions from <paramref name="axis"/> on together, as operator sets up to 12 define
    /// it.</summary>
    /// <param name="rank">Rank of the input, or null when it is not known.</param>
    public static string SoftmaxFrom(this OnnxGraphBuilder graph, string input, long axis, int? rank, string output)
    {
        if (graph.Opset < FirstWithSoftmaxOfOneAxis || (rank is { } known && (axis == known - 1 || axis == -1)))
        {
            return graph.Add("Softmax", [input], output, OnnxAttribute.Of("axis", axis));
        }

        var flat = graph.Add("Flatten", [input], graph.Between(output, "flat"), OnnxAttribute.Of("axis", axis));
        var soft = graph.Add("Softmax", [flat], graph.Between(output, "soft"), OnnxAttribute.Of("axis", -1L));
        var shape = graph.Add("Shape", [input], graph.Between(output, "shape"));
        return graph.Add("Reshape", [soft, shape], output);
    }

    private static string WithAxes(
        OnnxGraphBuilder graph, string type, string input, IReadOnlyList<long> axes, string output) =>
        graph.Opset >= AxesAreInputs
            ? graph.Add(type, [input, graph.Integers([.. axes])], output)
            : graph.Add(type, [input], output, OnnxAttribute.Of("axes", axes));
}
