using Klever.Conversion.NetDefToOnnx;
using Klever.Conversion.Tests.Onnx;
using Klever.Formats;
using Klever.Formats.Protobuf;
using Klever.Models;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Conversion.Tests.NetDefToOnnx;

public sealed class NetDefToOnnxConverterTests
{
    [Fact]
    public void Convert_OfTheSample_GivesAModelOfTheSameSignature()
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.NetDef, directory.Combine("source"));

        ModelConverters.Get(ModelFormat.NetDef, ModelFormat.Onnx).Convert(Request(directory));

        var signature = Extract(directory);
        Assert.Equal("data: float32[1, 1, 8, 8]", Assert.Single(signature.Inputs).ToString());
        Assert.Equal("prob: float32[1, 3]", Assert.Single(signature.Outputs).ToString());
        Assert.Equal(
            [new("Conv", 1), new("Relu", 1), new("MaxPool", 1), new("Flatten", 1), new("Gemm", 1), new("Softmax", 1)],
            signature.Layers);
    }

    [Fact]
    public void Convert_OfANetThatWritesItsBlobsAgain_GivesTheSameNumbers()
    {
        var model = new NetModel()
            .Input("x", 2, 4)
            .Weight("w", 4, 4).Weight("b", 4)
            .Operator("FC x w b -> h").Operator("Relu h -> h").Operator("FC h w b -> h_1")
            .Operator("Add h h_1 -> h").Operator("Tanh h -> h").Operator("Softmax h -> y").Output("y");
        using var directory = new TemporaryDirectory();

        var actual = OnnxRun.Run(model.Convert(directory), model.Inputs);

        OnnxRun.AssertClose(model.Evaluate("y"), actual);
    }

    [Fact]
    public void Convert_WithAnOpenBatch_RunsForAnyBatch()
    {
        var model = new NetModel()
            .Input("x", 5, 3, 8, 8)
            .Weight("w", 4, 3, 3, 3).Weight("fc_w", 2, 256).Weight("fc_b", 2)
            .Operator("Conv x w -> c kernel=3 pad=1").Operator("FC c fc_w fc_b -> y").Output("y");
        using var directory = new TemporaryDirectory();

        var path = model.Convert(
            directory, declared: [new Tensor { Name = "x", DType = "float32", Size = [-1, 3, 8, 8] }]);

        OnnxRun.AssertClose(model.Evaluate("y"), OnnxRun.Run(path, model.Inputs));
    }

    [Fact]
    public void Convert_OfAFillThatStandsForAnInput_DropsIt()
    {
        var model = new NetModel().Input("x", 2, 4).Weight("x", 1).Weight("w", 4, 4).Weight("b", 4)
            .Operator("FC x w b -> y").Output("y");
        using var directory = new TemporaryDirectory();

        model.Convert(directory);

        var signature = Extract(directory);
        Assert.Equal("x: float32[2, 4]", Assert.Single(signature.Inputs).ToString());
    }

    [Fact]
    public void Convert_OfAConstantFill_EvaluatesIt()
    {
        var model = new NetModel().Input("x", 2, 4).Init("ConstantFill -> c shape=2,4 value=1.5f")
            .Operator("Add x c -> y").Output("y");
        using var directory = new TemporaryDirectory();

        var actual = OnnxRun.Run(model.Convert(directory), model.Inputs);

        OnnxRun.AssertClose(model.Inputs["x"].Map(value => value + 1.5), actual);
    }

    [Fact]
    public void Convert_OfOperatorsWithoutCounterpart_NamesThemAllAtOnce()
    {
        var model = new NetModel().Input("x", 2, 3, 4, 4)
            .Operator("GenerateProposals x -> roi").Operator("ROIPooling roi -> p").Weight("w", 3)
            .Operator("SpatialBN p a w w w -> y").Output("y");
        using var directory = new TemporaryDirectory();

        var error = Assert.Throws<ConversionException>(() => model.Convert(directory));

        Assert.Equal(
            "layer \"roi\" of type GenerateProposals is not supported by NetDef to ONNX; "
            + "layer \"p\" of type ROIPooling is not supported by NetDef to ONNX; "
            + "\"a\": init_net does not fill it, and it is not declared as an input; "
            + "layer \"y\" of type SpatialBN: it is in training mode (is_test is not 1)",
            error.Message);
        Assert.Equal(JobExitCode.NotTheFormat, error.ExitCode);
    }

    [Fact]
    public void Convert_OfAnUntrainedNet_IsRefused()
    {
        var model = new NetModel().Input("x", 2, 4).Init("XavierFill -> w shape=4,4").Weight("b", 4)
            .Operator("FC x w b -> y").Output("y");
        using var directory = new TemporaryDirectory();

        var error = Assert.Throws<ConversionException>(() => model.Convert(directory));

        Assert.Equal("layer \"w\" of type XavierFill is not supported by NetDef to ONNX", error.Message);
        Assert.Equal(JobExitCode.NotSupported, error.ExitCode);
    }

    [Fact]
    public void Convert_OfChannelsLast_IsRefused()
    {
        var model = new NetModel().Input("x", 1, 4, 4, 3).Weight("w", 2, 3, 3, 3)
            .Operator("Conv x w -> y kernel=3 order:NHWC").Output("y");
        using var directory = new TemporaryDirectory();

        var error = Assert.Throws<ConversionException>(() => model.Convert(directory));

        Assert.Equal("NetDef to ONNX: layer \"y\" of type Conv: order NHWC is not supported", error.Message);
        Assert.Equal(ConversionProblem.UnsupportedLayout, error.Problem);
    }

    [Fact]
    public void Convert_OfAnInputOfUnknownSize_AsksForIt()
    {
        var model = new NetModel().Weight("w", 4, 4).Weight("b", 4).Operator("FC x w b -> y").Output("y");
        using var directory = new TemporaryDirectory();

        var error = Assert.Throws<ConversionException>(() => model.Convert(directory, declared: []));

        Assert.Equal(
            "NetDef to ONNX: \"x\": its size is not known; declare it among the inputs of ormbfile.yaml",
            error.Message);
        Assert.Equal(ConversionProblem.BadInputSpecification, error.Problem);
    }

    [Fact]
    public void Convert_OfAWeightThatIsTooShort_IsRefused()
    {
        var model = new NetModel().Input("x", 2, 4).Weight("b", 4)
            .Init("GivenTensorInt64Fill -> w shape=4,4 values=1,2,3").Operator("FC x w b -> y").Output("y");
        using var directory = new TemporaryDirectory();

        var error = Assert.Throws<ConversionException>(() => model.Convert(directory));

        Assert.Equal(
            "NetDef to ONNX: layer \"w\" of type GivenTensorInt64Fill: its shape asks for 16 values and there are 3",
            error.Message);
        Assert.Equal(ConversionProblem.WeightShapeMismatch, error.Problem);
    }

    [Fact]
    public void Convert_ToAnOperatorSetThatIsTooNew_IsRefused()
    {
        using var directory = new TemporaryDirectory();

        var error = Assert.Throws<ConversionException>(() => new NetModel().Convert(directory, opset: 18));

        Assert.Equal("NetDef to ONNX: operator set 18 is not one of 11 to 17", error.Message);
    }

    [Fact]
    public void Convert_OfADirectoryWithoutNets_NamesTheFile()
    {
        using var directory = new TemporaryDirectory();

        var error = Assert.Throws<ModelReadException>(() => new NetDefToOnnxConverter().Convert(Request(directory)));

        Assert.Equal("NetDef: a NetDef model needs init_net.pb in model/", error.Message);
    }

    [Theory]
    [InlineData("klever_sample", "X", new long[] { 1, 1 }, new long[] { 1, 1 })]
    [InlineData("nn_research", "1", new long[] { 1, 1, 224, 224 }, new long[] { 1, 1, 672, 672 })]
    public void Convert_OfARealNet_RunsInOnnxRuntime(string name, string input, long[] size, long[] expected)
    {
        using var directory = new TemporaryDirectory();

        new NetDefToOnnxConverter().Convert(
            Request(directory) with { SourceDirectory = SharedFolder.Require("corpus", "netdef", name) });

        var output = OnnxRun.Run(
            directory.Combine("target", "model", "model.onnx"),
            new Dictionary<string, Values> { [input] = Values.Random(seed: 1, size) });
        Assert.Equal(expected, output.Size);
    }

    [Fact]
    public void Convert_OfALargeNet_HoldsLittleOfIt()
    {
        const int Rows = 4096;
        using var directory = new TemporaryDirectory();
        WriteLargeNet(directory, Rows);
        var before = GC.GetAllocatedBytesForCurrentThread();

        new NetDefToOnnxConverter().Convert(Request(directory));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * 1024 * 1024);
        var result = new FileInfo(directory.Combine("target", "model", "model.onnx"));
        Assert.InRange(result.Length, Rows * Rows * sizeof(float), (Rows * Rows * sizeof(float)) + 4096);
    }

    // One FC whose weights take 80 MB in the init net, 64 MB in the result.
    private static void WriteLargeNet(TemporaryDirectory directory, int rows)
    {
        directory.Write("source/model/predict_net.pb", new ProtobufWriter()
            .Message(2, operation => NetText.Write(operation, "MatMul x w -> y")).Text(8, "y").Written);
        using var file = File.Create(directory.Combine("source", "model", "init_net.pb"));
        byte[] name = [.. new ProtobufWriter().Text(1, "values").Written];
        var values = (long)rows * rows * 5;
        byte[] fill = [.. new ProtobufWriter().Text(2, "w").Text(4, "GivenTensorFill")
            .Message(5, a => a.Text(1, "shape").Varint(6, rows).Varint(6, rows))
            .Header(5, name.Length + values).Written, .. name];
        file.Write(new ProtobufWriter()
            .Message(2, operation => NetText.Write(operation, $"ConstantFill -> x shape=1,{rows}")).Written);
        file.Write([.. new ProtobufWriter().Header(2, fill.Length + values).Written, .. fill]);
        var row = Enumerable.Repeat<byte[]>([0x2D, 0, 0, 0x80, 0x3F], rows).SelectMany(bytes => bytes).ToArray();
        for (var i = 0; i < rows; i++)
        {
            file.Write(row);
        }
    }

    [Fact]
    public void Get_OfAConversionThatDoesNotExist_NamesThoseThatDo()
    {
        var error = Assert.Throws<ConversionException>(() => ModelConverters.Get(ModelFormat.Pmml, ModelFormat.Onnx));

        Assert.StartsWith("PMML to ONNX: there is no such conversion; ", error.Message, StringComparison.Ordinal);
        Assert.Contains("NetDef to ONNX", error.Message, StringComparison.Ordinal);
    }

    private static Signature Extract(TemporaryDirectory directory) =>
        SignatureExtractor.FromDirectory(directory.Combine("target"), ModelFormat.Onnx, Signature.Empty).Signature;

    private static ConversionRequest Request(TemporaryDirectory directory) => new()
    {
        SourceDirectory = directory.Combine("source"),
        TargetDirectory = directory.Combine("target"),
    };
}
