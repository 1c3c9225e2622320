using Klever.Formats.Protobuf;
using Klever.Formats.Tests.Protobuf;
using Klever.Models;
using Klever.Samples;
using static Klever.Samples.TensorFlowNodes;

namespace Klever.Formats.Tests.GraphDef;

/// <summary>Sizes of single operations. Expected values are what TensorFlow's own shape functions say.</summary>
public sealed class ShapeRulesTests
{
    private static readonly Dictionary<string, Action<ProtobufWriter>> Graphs = new()
    {
        ["broadcast"] = g => g.X(-1, 1, 3).Const("c", 5, 1).Node(1, "y", "Add", ["x", "c"]),
        ["matmul transposed"] = g => g.X(-1, 4).Const("c", 7, 4)
            .Node(1, "y", "MatMul", ["x", "c"], new NodeAttribute("transpose_b", v => v.Varint(5, 1))),
        ["batch matmul"] = g => g.X(-1, 2, 3, 4).Const("c", 4, 5).Node(1, "y", "BatchMatMulV2", ["x", "c"]),
        ["conv valid"] = g => g.X(-1, 28, 28, 1).Const("c", 5, 5, 1, 6)
            .Node(1, "y", "Conv2D", ["x", "c"], Numbers("strides", 1, 2, 2, 1), Name("padding", "VALID")),
        ["conv dilated, channels first"] = g => g.X(2, 1, 28, 28).Const("c", 3, 3, 1, 6)
            .Node(1, "y", "Conv2D", ["x", "c"], Numbers("strides", 1, 1, 1, 1), Numbers("dilations", 1, 1, 2, 2),
                Name("padding", "VALID"), Name("data_format", "NCHW")),
        ["conv explicit"] = g => g.X(-1, 28, 28, 1).Const("c", 3, 3, 1, 6)
            .Node(1, "y", "Conv2D", ["x", "c"], Numbers("strides", 1, 2, 2, 1), Name("padding", "EXPLICIT"),
                Numbers("explicit_paddings", 0, 0, 1, 1, 1, 1, 0, 0)),
        ["depthwise same"] = g => g.X(-1, 7, 7, 4).Const("c", 3, 3, 4, 2)
            .Node(1, "y", "DepthwiseConv2dNative", ["x", "c"], Numbers("strides", 1, 2, 2, 1), Name("padding", "SAME")),
        ["pool of unknown size"] = g => g.X(-1, -1, -1, 3)
            .Node(1, "y", "MaxPool", ["x"],
                Numbers("ksize", 1, 2, 2, 1), Numbers("strides", 1, 2, 2, 1), Name("padding", "VALID")),
        ["reshape by the batch"] = g => g.X(-1, 4, 6).Node(1, "shape", "Shape", ["x"])
            .Ints("b", 0).Ints("e", 1).Ints("s", 1)
            .Node(1, "batch", "StridedSlice", ["shape", "b", "e", "s"], new NodeAttribute(
                "shrink_axis_mask", v => v.Varint(3, 1)))
            .Scalar("rest", -1).Scalar("two", 2)
            .Node(1, "target", "Pack", ["batch", "rest", "two"])
            .Node(1, "y", "Reshape", ["x", "target"]),
        ["reshape of a batch to rows"] = g => g.X(-1, 4, 6).Ints("t", -1, 24).Node(1, "y", "Reshape", ["x", "t"]),
        ["mean over two axes"] = g => g.X(-1, 7, 7, 32).Ints("a", 1, 2).Node(1, "y", "Mean", ["x", "a"]),
        ["mean that keeps its axes"] = g => g.X(-1, 7, 7, 32).Ints("a", 1, -2)
            .Node(1, "y", "Mean", ["x", "a"], new NodeAttribute("keep_dims", v => v.Varint(5, 1))),
        ["concat of an old graph"] = g => g.X(-1, 3).Scalar("a", 1).Node(1, "y", "Concat", ["a", "x", "x"]),
        ["pad"] = g => g.X(-1, 5).Node(1, "p", "Const", [], Matrix(2, 0, 0, 1, 2)).Node(1, "y", "Pad", ["x", "p"]),
        ["transpose"] = g => g.X(-1, 2, 3).Ints("p", 0, 2, 1).Node(1, "y", "Transpose", ["x", "p"]),
        ["squeeze"] = g => g.X(-1, 1, 1, 8).Node(1, "y", "Squeeze", ["x"], Numbers("squeeze_dims", 1, 2)),
        ["expand"] = g => g.X(-1, 8).Scalar("a", -1).Node(1, "y", "ExpandDims", ["x", "a"]),
        ["slice with ellipsis and new axis"] = g => g.X(-1, 4, 5, 6)
            .Ints("b", 0, 0, 1).Ints("e", 0, 0, 4).Ints("s", 1, 1, 1)
            .Node(1, "y", "StridedSlice", ["x", "b", "e", "s"],
                new NodeAttribute("ellipsis_mask", v => v.Varint(3, 1)), new NodeAttribute(
                    "new_axis_mask", v => v.Varint(3, 2))),
        ["slice backwards"] = g => g.X(9, 2).Ints("b", 0).Ints("e", 0).Ints("s", -2)
            .Node(1, "y", "StridedSlice", ["x", "b", "e", "s"],
                new NodeAttribute("begin_mask", v => v.Varint(3, 1)), new NodeAttribute(
                    "end_mask", v => v.Varint(3, 1))),
        ["split"] = g => g.X(-1, 9).Scalar("a", 1)
            .Node(1, "s", "Split", ["a", "x"], new NodeAttribute("num_split", v => v.Varint(3, 3))).Node(
                1, "y", "Relu", ["s:2"]),
        ["resize"] = g => g.X(-1, 8, 8, 3).Ints("to", 16, 24).Node(1, "y", "ResizeBilinear", ["x", "to"]),
        ["gather"] = g => g.X(-1, 5).Const("table", 100, 16).Node(1, "y", "Gather", ["table", "x"]),
        ["one hot"] = g => g.X(-1, 5).Scalar("depth", 10).Node(1, "y", "OneHot", ["x", "depth"]),
        ["tile"] = g => g.X(-1, 5).Ints("m", 1, 3).Node(1, "y", "Tile", ["x", "m"]),
        ["fill"] = g => g.X(-1, 5).Ints("d", 4, 2).Node(1, "y", "Fill", ["d", "x"]),
        ["range"] = g => g.X(-1).Scalar("a", 2).Scalar("b", 9).Scalar("c", 3).Node(1, "r", "Range", ["a", "b", "c"])
            .Node(1, "y", "Reshape", ["x", "r"]),
        ["loop"] = g =>
            g.X(-1, 5).Node(1, "enter", "Enter", ["x"]).Node(1, "merge", "Merge", ["enter", "NextIteration"])
            .Node(1, "switch", "Switch", ["merge", "merge"]).Node(1, "NextIteration", "NextIteration", ["switch:1"])
            .Node(1, "y", "Exit", ["switch"]),
        ["einsum"] = g =>
            g.X(-1, 3, 4).Const("c", 4, 6).Node(1, "y", "Einsum", ["x", "c"], Name("equation", "abc,cd->abd")),
        ["space to depth"] = g => g.X(-1, 8, 8, 3)
            .Node(1, "y", "SpaceToDepth", ["x"], new NodeAttribute("block_size", v => v.Varint(3, 2))),
        ["top k"] = g => g.X(-1, 100).Scalar("k", 5).Node(1, "y", "TopKV2", ["x", "k"]),
        ["arg max"] = g => g.X(-1, 100).Scalar("a", 1).Node(1, "y", "ArgMax", ["x", "a"]),
        ["noted shape of an unknown operation"] = g => g.X(-1, 100).Node(1, "y", "Mystery", ["x"],
            new NodeAttribute(
                "_output_shapes", v => v.Message(1, list => list.Message(7, shape => Dimensions(shape, -1, 3))))),
    };

    [Theory]
    [InlineData("broadcast", new long[] { -1, 5, 3 })]
    [InlineData("matmul transposed", new long[] { -1, 7 })]
    [InlineData("batch matmul", new long[] { -1, 2, 3, 5 })]
    [InlineData("conv valid", new long[] { -1, 12, 12, 6 })]
    [InlineData("conv dilated, channels first", new long[] { 2, 6, 24, 24 })]
    [InlineData("conv explicit", new long[] { -1, 14, 14, 6 })]
    [InlineData("depthwise same", new long[] { -1, 4, 4, 8 })]
    [InlineData("pool of unknown size", new long[] { -1, -1, -1, 3 })]
    [InlineData("reshape by the batch", new long[] { -1, 12, 2 })]
    [InlineData("reshape of a batch to rows", new long[] { -1, 24 })]
    [InlineData("mean over two axes", new long[] { -1, 32 })]
    [InlineData("mean that keeps its axes", new long[] { -1, 1, 1, 32 })]
    [InlineData("concat of an old graph", new long[] { -1, 6 })]
    [InlineData("pad", new long[] { -1, 8 })]
    [InlineData("transpose", new long[] { -1, 3, 2 })]
    [InlineData("squeeze", new long[] { -1, 8 })]
    [InlineData("expand", new long[] { -1, 8, 1 })]
    [InlineData("slice with ellipsis and new axis", new long[] { -1, 4, 5, 1, 3 })]
    [InlineData("slice backwards", new long[] { 5, 2 })]
    [InlineData("split", new long[] { -1, 3 })]
    [InlineData("resize", new long[] { -1, 16, 24, 3 })]
    [InlineData("gather", new long[] { -1, 5, 16 })]
    [InlineData("one hot", new long[] { -1, 5, 10 })]
    [InlineData("tile", new long[] { -1, 15 })]
    [InlineData("fill", new long[] { 4, 2 })]
    [InlineData("range", new long[] { 2, 5, 8 })]
    [InlineData("loop", new long[] { -1, 5 })]
    [InlineData("einsum", new long[] { -1, 3, 6 })]
    [InlineData("space to depth", new long[] { -1, 4, 4, 12 })]
    [InlineData("top k", new long[] { -1, 5 })]
    [InlineData("arg max", new long[] { -1 })]
    [InlineData("noted shape of an unknown operation", new long[] { -1, 3 })]
    public void Size_OfOutputY_IsWhatTensorFlowGives(string graph, long[] expected)
    {
        var model = new ProtobufWriter();
        Graphs[graph](model);

        var signature = ModelBytes.Extract(ModelFormat.GraphDef, "net.graphdef", model.ToArray());

        Assert.Equal(expected, Assert.Single(signature.Outputs, output => output.Name == "y").Size);
    }

    private static NodeAttribute Matrix(int rows, params int[] values) =>
        new("value", value => value.Message(8, tensor =>
    {
        tensor.Varint(1, IntegerType).Message(2, shape => Dimensions(shape, rows, values.Length / rows));
        tensor.Packed(7, values.Select(number => (long)number));
    }));
}
