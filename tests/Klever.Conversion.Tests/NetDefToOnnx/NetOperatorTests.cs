using System.Reflection;
using Klever.Conversion.NetDefToOnnx;
using Klever.Conversion.Tests.Onnx;
using Klever.Formats;
using Klever.Models;
using Klever.Testing;

namespace Klever.Conversion.Tests.NetDefToOnnx;

/// <summary>Each operator alone: converted and run in ONNX Runtime, against Caffe2's own definition.</summary>
public sealed class NetOperatorTests
{
    private const string Images = "2,3,7,8";
    private const string Rows = "4,6";

    [Theory]
    [InlineData("Relu x -> y", Rows)]
    [InlineData("Sigmoid x -> y", Rows)]
    [InlineData("Tanh x -> y", Rows)]
    [InlineData("Exp x -> y", Rows)]
    [InlineData("Abs x -> y", Rows)]
    [InlineData("Negative x -> y", Rows)]
    [InlineData("Floor x -> y", Rows)]
    [InlineData("Ceil x -> y", Rows)]
    [InlineData("Sin x -> y", Rows)]
    [InlineData("Cos x -> y", Rows)]
    [InlineData("Sqr x -> y", Rows)]
    [InlineData("Cube x -> y", Rows)]
    [InlineData("Acos x -> y", Rows)]
    [InlineData("Asin x -> y", Rows)]
    [InlineData("Atan x -> y", Rows)]
    [InlineData("Cosh x -> y", Rows)]
    [InlineData("Sinh x -> y", Rows)]
    [InlineData("Tan x -> y", Rows)]
    [InlineData("Neg x -> y", Rows)]
    [InlineData("Sign x -> y", Rows)]
    [InlineData("Erf x -> y", Rows)]
    [InlineData("Exp x -> e; Log e -> y", Rows)]
    [InlineData("Exp x -> e; Sqrt e -> y", Rows)]
    [InlineData("Exp x -> e; Rsqrt e -> y", Rows)]
    [InlineData("Exp x -> e; Reciprocal e -> y", Rows)]
    [InlineData("HardSigmoid x -> y", Rows)]
    [InlineData("ThresholdedRelu x -> y alpha=0.3f", Rows)]
    [InlineData("Scale x -> s scale=5.0f; Cast s -> c to=2; Cast c -> y to=1", Rows)]
    [InlineData("Alias x -> y", Rows)]
    [InlineData("CopyCPUToGPU x -> y", Rows)]
    [InlineData("CopyFromCPUInput x -> y", Rows)]
    [InlineData("CopyGPUToCPU x -> y", Rows)]
    [InlineData("EnsureCPUOutput x -> y", Rows)]
    [InlineData("EnsureDense x -> y", Rows)]
    [InlineData("StopGradient x -> y", Rows)]
    [InlineData("Softplus x -> y", Rows)]
    [InlineData("Softsign x -> y", Rows)]
    [InlineData("Swish x -> y", Rows)]
    [InlineData("Elu x -> y alpha=0.7f", Rows)]
    [InlineData("LeakyRelu x -> y", Rows)]
    [InlineData("LeakyRelu x -> y alpha=0.3f", Rows)]
    [InlineData("Selu x -> y", Rows)]
    [InlineData("Clip x -> y min=-0.5f max=0.25f", Rows)]
    [InlineData("Clip x -> y max=0.25f", Rows)]
    [InlineData("Scale x -> y scale=2.5f", Rows)]
    [InlineData("Copy x -> y", Rows)]
    [InlineData("Dropout x -> y mask is_test=1 ratio=0.5f", Rows)]
    [InlineData("PRelu x w=3 -> y", Images)]
    [InlineData("PRelu x w=6 -> y", Rows)]
    [InlineData("PRelu x w=1 -> y", Images)]
    public void Elementwise(string text, string size) => Check(text, size);

    [Theory]
    [InlineData("Sum x z=4,6 w=4,6 -> y", Rows)]
    [InlineData("Max x z=4,6 -> y", Rows)]
    [InlineData("Mean x z=4,6 -> y", Rows)]
    [InlineData("Add x z=4,6 -> y", Rows)]
    [InlineData("Sub x z=6 -> y broadcast=1", Rows)]
    [InlineData("Mul x w=3 -> y broadcast=1 axis=1", Images)]
    [InlineData("Div x w=3,7 -> y broadcast=1 axis=1", Images)]
    [InlineData("Min x z=4,6 -> y", Rows)]
    [InlineData("Pow x -> y exponent=2.0f", Rows)]
    [InlineData("Exp x -> e; Pow e z=4,6 -> y", Rows)]
    [InlineData("GT x z=4,6 -> y", Rows)]
    [InlineData("GE x z=4,6 -> y", Rows)]
    [InlineData("LT x z=4,6 -> y", Rows)]
    [InlineData("LE x z=4,6 -> y", Rows)]
    [InlineData("Greater x z=4,6 -> y", Rows)]
    [InlineData("Less x z=4,6 -> y", Rows)]
    [InlineData("Scale x -> c scale=2.0f; Cast c -> i to=2; Cast i -> r to=1; EQ x r -> y", Rows)]
    [InlineData("Sign x -> a; Sign z=4,6 -> b; Equal a b -> y", Rows)]
    [InlineData("Sign x -> a; Sign z=4,6 -> b; NE a b -> y", Rows)]
    [InlineData("GT x z=4,6 -> g; LT x w=4,6 -> l; And g l -> y", Rows)]
    [InlineData("GT x z=4,6 -> g; LT x w=4,6 -> l; Or g l -> y", Rows)]
    [InlineData("GT x z=4,6 -> g; LT x w=4,6 -> l; Xor g l -> y", Rows)]
    [InlineData("GT x z=4,6 -> g; Not g -> y", Rows)]
    [InlineData("ConstantFill -> k shape=6, value=2.5f; Add x k -> y broadcast=1", Rows)]
    public void Arithmetic(string text, string size) => Check(text, size);

    [Theory]
    [InlineData("Conv x w=4,3,3,3 b=4 -> y kernel=3 pad=1", Images)]
    [InlineData("Conv x w=4,3,3,3 -> y kernel=3 stride=2 pads=1,0,2,1", Images)]
    [InlineData("Conv x w=6,1,3,3 b=6 -> y kernel=3 group=3 order:NCHW cudnn_exhaustive_search=1", Images)]
    [InlineData("Conv x w=2,3,3,3 -> y kernel=3 dilation=2", Images)]
    [InlineData("Conv x w=2,3,3,3 -> y kernel_h=3 kernel_w=3 pad_t=1 pad_l=0 pad_b=0 pad_r=2", Images)]
    [InlineData("Conv x w=2,3,3,3 -> y kernel=3 stride=2 legacy_pad=2", Images)]
    [InlineData("ConvTranspose x w=3,2,3,3 b=2 -> y kernel=3 stride=2 pad=1 adj=1", Images)]
    [InlineData("MaxPool x -> y kernel=3 stride=2", Images)]
    [InlineData("MaxPool x -> y kernel=3 stride=2 pad=1", Images)]
    [InlineData("MaxPool x -> y kernel=3 stride=2 pad=1 legacy_pad=3", Images)]
    [InlineData("MaxPool x -> y kernel=2 stride=2 legacy_pad=3", Images)]
    [InlineData("MaxPool x -> y global_pooling=1", Images)]
    [InlineData("AveragePool x -> y kernel=3 stride=2 pad=1", Images)]
    [InlineData("AveragePool x -> y kernel=3 stride=2 pad=1 count_include_pad=1", Images)]
    [InlineData("AveragePool x -> y kernel=3 stride=2 legacy_pad=3", Images)]
    [InlineData("AveragePool x -> y global_pooling=1", Images)]
    [InlineData("Conv1D x w=4,3,3 b=4 -> y kernels=3, stride=2", "2,3,9")]
    [InlineData("Conv2D x w=4,3,3,3 b=4 -> y kernel=3", Images)]
    [InlineData("Conv3D x w=4,2,2,3,3 b=4 -> y kernels=2,3,3", "1,2,4,5,6")]
    [InlineData("MaxPool1D x -> y kernel=3 stride=2", "2,3,9")]
    [InlineData("MaxPool2D x -> y kernel=3 stride=2", Images)]
    [InlineData("MaxPool3D x -> y kernel=2 stride=2", "1,2,4,5,6")]
    [InlineData("AveragePool1D x -> y kernel=3 stride=2", "2,3,9")]
    [InlineData("AveragePool2D x -> y kernel=3 stride=2", Images)]
    [InlineData("AveragePool3D x -> y kernel=2 stride=1", "1,2,4,5,6")]
    [InlineData("UpsampleBilinear x -> y height_scale=2.0f width_scale=1.5f", Images)]
    [InlineData("ResizeNearest x -> y height_scale=2.0f width_scale=3.0f", Images)]
    [InlineData("ChannelShuffle x -> y group=2", "2,6,3,4")]
    [InlineData("PadImage x -> y pad=2 value=0.5f", Images)]
    public void Window(string text, string size) => Check(text, size);

    [Theory]
    [InlineData("FC x w=5,6 b=5 -> y", Rows)]
    [InlineData("FC x w=5,168 b=5 -> y", Images)]
    [InlineData("FC x w=5,3,7,8 b=5 -> y", Images)]
    [InlineData("FC x w=5,56 b=5 -> y axis=2", Images)]
    [InlineData("FCTransposed x w=6,5 b=5 -> y", Rows)]
    [InlineData("MatMul x w=6,5 -> y", Rows)]
    [InlineData("MatMul x w=5,6 -> y trans_b=1", Rows)]
    [InlineData("BatchMatMul x w=2,4,6 -> y trans_a=1", "2,4,3")]
    [InlineData("ElementwiseLinear x w=6 b=6 -> y", Rows)]
    [InlineData("Softmax x -> y", Rows)]
    [InlineData("Softmax x -> y axis=1", Images)]
    public void Matrix(string text, string size) => Check(text, size);

    [Theory]
    [InlineData("Reshape x -> y old shape=0,-1", Images)]
    [InlineData("Flatten x -> y", Images)]
    [InlineData("FlattenToVec x -> y", Images)]
    [InlineData("MergeDim x -> y", Images)]
    [InlineData("ExpandDims x -> y dims=0,", Rows)]
    [InlineData("Squeeze x -> y dims=1,2", "4,1,1,6")]
    [InlineData("Transpose x -> y axes=0,2,3,1", Images)]
    [InlineData("Transpose x -> y", Images)]
    [InlineData("NCHW2NHWC x -> y", Images)]
    [InlineData("NHWC2NCHW x -> y", Images)]
    [InlineData("Shape x -> y", Images)]
    [InlineData("Tile x -> y axis=1 tiles=3", Rows)]
    [InlineData("Slice x -> y starts=0,1 ends=-1,-2", Rows)]
    [InlineData("Slice x -> y starts=1,0 ends=3,4", Rows)]
    [InlineData("Concat x z=4,2 -> y info axis=1", Rows)]
    [InlineData("Concat x z=4,6 -> y info axis=1 add_axis=1", Rows)]
    [InlineData("Concat x z=4,2 -> c y axis=1", Rows)]
    [InlineData("DepthConcat x z=2,2,7,8 -> y info", Images)]
    [InlineData("DepthSplit x -> a y split=1,2", Images)]
    [InlineData("ResizeLike x z=16,21 -> y", Images)]
    [InlineData("Split x -> a y axis=1", Rows)]
    [InlineData("Split x -> a y axis=1 split=2,4", Rows)]
    [InlineData("ReduceMean x -> y axes=1,2", Images)]
    [InlineData("ReduceSum x -> y axes=1, keepdims=0", Images)]
    [InlineData("ReduceFrontMean x -> y", Rows)]
    [InlineData("ReduceBackMax x -> y num_reduce_dim=2", Images)]
    [InlineData("ReduceMax x -> y axes=1,3", Images)]
    [InlineData("ReduceMin x -> y axes=1, keepdims=0", Images)]
    [InlineData("ReduceL1 x -> y axes=1,2", Images)]
    [InlineData("ReduceL2 x -> y axes=1,2", Images)]
    [InlineData("ReduceFrontMax x -> y", Rows)]
    [InlineData("ReduceFrontSum x -> y", Rows)]
    [InlineData("ReduceBackMean x -> y", Rows)]
    [InlineData("ReduceBackSum x -> y", Rows)]
    [InlineData("ArgMax x -> y", Rows)]
    [InlineData("ArgMin x -> y", Rows)]
    public void Shape(string text, string size) => Check(text, size);

    [Theory]
    [InlineData("SpatialBN x s=3 b=3 m=3 v=3 -> y is_test=1 epsilon=0.001f", Images)]
    [InlineData("InstanceNorm x s=3 b=3 -> y epsilon=0.01f", Images)]
    [InlineData("LRN x -> y scale size=3 alpha=0.5f beta=0.75f bias=2.0f", Images)]
    public void Normalization(string text, string size) => Check(text, size);

    [Fact]
    public void Gather()
    {
        var model = new NetModel().Weight("table", 9, 4).IntegerWeight("rows", 3, 0, 3).Input("x", 3, 4)
            .Operator("Gather table rows -> g").Operator("Add g x -> y").Output("y");

        AssertSame(model);
    }

    [Fact]
    public void Table_HasATestForEveryOperator()
    {
        var tested = typeof(NetOperatorTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
            .SelectMany(data => ((string)data.Data[0]!).Split("; "))
            .Select(line => line.Split(' ')[0]);

        Assert.Empty(NetTranslations.Types.Except(tested).Except(["Gather"]));
    }

    // "w=4,3" among the inputs is a weight of that size; x is the input.
    private static void Check(string text, string size)
    {
        var model = new NetModel().Input("x", [.. size.Split(',').Select(long.Parse)]);
        foreach (var line in text.Split("; "))
        {
            Add(model, line);
        }

        AssertSame(model.Output("y"));
    }

    private static void Add(NetModel model, string line)
    {
        var words = line.Split(' ');
        var arrow = Array.IndexOf(words, "->");
        for (var i = 1; i < arrow; i++)
        {
            if (words[i].Split('=') is [var name, var lengths])
            {
                var weight = Values.Random(seed: i, [.. lengths.Split(',').Select(long.Parse)]);
                model.Weight(name, name == "v" ? weight.Map(value => Math.Abs(value) + 0.1) : weight);
                words[i] = name;
            }
        }

        model.Operator(string.Join(' ', words));
    }

    private static void AssertSame(NetModel model)
    {
        foreach (var opset in new[] { 11, 12, 13, 17 })
        {
            using var directory = new TemporaryDirectory();

            var actual = OnnxRun.Run(model.Convert(directory, opset), model.Inputs);

            OnnxRun.AssertClose(model.Evaluate("y"), actual);
            Assert.All(Written(directory).Outputs, output => Assert.NotNull(output.Size));
        }
    }

    // ONNX demands a shape of every output (onnx/checker.cc); ONNX Runtime does not.
    private static Signature Written(TemporaryDirectory directory) =>
        SignatureExtractor.FromDirectory(directory.Combine("target"), ModelFormat.Onnx, Signature.Empty).Signature;
}
