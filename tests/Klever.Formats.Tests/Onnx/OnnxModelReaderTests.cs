using Klever.Formats.Protobuf;
using Klever.Formats.Tests.Protobuf;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.Onnx;

public sealed class OnnxModelReaderTests
{
    [Fact]
    public void Extract_OfTheSample_GivesItsSignature()
    {
        var signature = ModelBytes.Extract(ModelFormat.Onnx, SampleModels.Files(ModelFormat.Onnx));

        Assert.Equal("image: float32[-1, 1, 8, 8]", Assert.Single(signature.Inputs).ToString());
        Assert.Equal("probabilities: float32[-1, 3]", Assert.Single(signature.Outputs).ToString());
        Assert.Equal(
            [new("Conv", 1), new("Relu", 1), new("MaxPool", 1), new("Flatten", 1), new("Gemm", 1), new("Softmax", 1)],
            signature.Layers);
    }

    [Theory]
    [InlineData(1, "float32")]
    [InlineData(8, "string")]
    [InlineData(10, "float16")]
    [InlineData(11, "float64")]
    [InlineData(16, "bfloat16")]
    [InlineData(17, "float8_e4m3fn")]
    [InlineData(18, "float8_e4m3fnuz")]
    [InlineData(19, "float8_e5m2")]
    [InlineData(20, "float8_e5m2fnuz")]
    [InlineData(21, "uint4")]
    [InlineData(22, "int4")]
    [InlineData(23, "float4_e2m1fn")]
    [InlineData(0, null)]
    [InlineData(99, null)]
    public void Input_OfEachElementType_HasItsNumpyName(int elementType, string? expected)
    {
        var signature = Extract(graph => graph.Message(11, input => input
            .Text(1, "x")
            .Message(2, type => type.Message(1, tensor => tensor.Varint(1, elementType)))));

        Assert.Equal(expected, Assert.Single(signature.Inputs).DType);
    }

    [Fact]
    public void Input_OfASequenceOfMaps_HasATypeAndNoSize()
    {
        var signature = Extract(graph => graph.Message(11, input => input.Text(1, "x").Message(2, type => type
            .Message(4, sequence => sequence.Message(1, element => element
                .Message(5, map => map.Varint(1, 7).Message(2, value => Tensor(value, 1, 2))))))));

        Assert.Equal(new Tensor { Name = "x", DType = "seq(map(int64,float32))" }, Assert.Single(signature.Inputs));
    }

    [Fact]
    public void Input_OfAnOptional_HasATypeAndNoSize()
    {
        var signature = Extract(graph => graph.Message(11, input => input.Text(1, "x").Message(2, type => type
            .Message(9, optional => optional.Message(1, element => Tensor(element, 1, 2))))));

        Assert.Equal(new Tensor { Name = "x", DType = "optional(float32)" }, Assert.Single(signature.Inputs));
    }

    [Fact]
    public void Size_OfUnknownRankAndScalarAndSymbol_AreThreeThings()
    {
        var signature = Extract(graph => graph
            .Message(
                11, input => input.Text(1, "rank").Message(2, type => type.Message(1, tensor => tensor.Varint(1, 1))))
            .Message(11, input => input.Text(1, "scalar").Message(2, type => Tensor(type)))
            .Message(11, input => input.Text(1, "symbol").Message(2, type => type.Message(1, tensor => tensor
                .Varint(1, 1)
                .Message(2, shape => shape
                    .Message(1, dimension => dimension.Text(2, "batch"))
                    .Message(1, dimension => dimension.Text(3, "neither"))
                    .Message(1, dimension => dimension.Varint(1, -7))
                    .Message(1, dimension => dimension.Varint(1, 0)))))));

        Assert.Null(signature.Inputs[0].Size);
        Assert.Equal([], signature.Inputs[1].Size!);
        Assert.Equal([-1, -1, -1, 0], signature.Inputs[2].Size!);
    }

    [Fact]
    public void Inputs_ThatAreInitializersDenseOrSparse_AreLeftOut()
    {
        var signature = Extract(graph => graph
            .Message(11, input => input.Text(1, "x"))
            .Message(11, input => input.Text(1, "dense"))
            .Message(11, input => input.Text(1, "sparse"))
            .Message(5, tensor => tensor.Bytes(9, new byte[300_000]).Text(8, "dense"))
            .Message(15, sparse => sparse.Message(1, values => values.Text(8, "sparse"))));

        Assert.Equal("x", Assert.Single(signature.Inputs).Name);
    }

    [Fact]
    public void Output_WithoutType_TakesThatOfItsValueInfo()
    {
        var signature = Extract(graph => graph
            .Message(12, output => output.Text(1, "y"))
            .Message(13, value => value.Text(1, "y").Message(2, type => Tensor(type, 1, 5))));

        Assert.Equal("y: float32[1, 5]", Assert.Single(signature.Outputs).ToString());
    }

    [Fact]
    public void Output_WithoutType_IsInferredFromTheNodesBeforeIt()
    {
        var signature = Extract(graph => graph
            .Message(1, node => node.Text(1, "x").Text(1, "to").Text(2, "rows").Text(4, "Reshape"))
            .Message(1, node => node.Text(1, "rows").Text(1, "w").Text(2, "logits").Text(4, "Gemm")
                .Message(5, a => a.Text(1, "transB").Varint(3, 1)))
            .Message(1, node => node.Text(1, "logits").Text(2, "y").Text(4, "ArgMax")
                .Message(5, a => a.Text(1, "axis").Varint(3, 1)))
            .Message(5, tensor => tensor.Packed(1, [2]).Varint(2, 7).Text(8, "to").Packed(7, [-1, 600]))
            .Message(5, tensor => tensor.Packed(1, [10, 600]).Varint(2, 1).Text(8, "w").Bytes(9, new byte[24_000]))
            .Message(11, input => input.Text(1, "x").Message(2, type => Tensor(type, -1, 20, 30)))
            .Message(12, output => output.Text(1, "y"))
            .Message(12, output => output.Text(1, "logits"))
            .Message(12, output => output.Text(1, "nobody knows")));

        Assert.Equal(
            ["y: int64[-1, 1]", "logits: float32[-1, 10]", "nobody knows: ?"],
            signature.Outputs.Select(output => output.ToString()));
    }

    [Fact]
    public void Layers_CountTheMainGraphOnly()
    {
        var body = new ProtobufWriter().Message(1, node => node.Text(4, "Add")).ToArray();

        var signature = ModelBytes.Extract(ModelFormat.Onnx, "net.onnx", new ProtobufWriter()
            .Message(7, graph => graph
                .Message(
                    1, node => node.Text(4, "If").Message(5, branch => branch.Text(1, "then_branch").Bytes(6, body)))
                .Message(1, node => node.Text(4, "MyFunction").Text(7, "my.domain")))
            .Message(25, function => function.Text(1, "MyFunction").Message(7, node => node.Text(4, "Mul")))
            .ToArray());

        Assert.Equal([new("If", 1), new("MyFunction", 1)], signature.Layers);
    }

    [Fact]
    public void ExternalData_IsNeverOpened()
    {
        var extractor = new SignatureExtractor(ModelFormat.Onnx, Signature.Empty);
        var bytes = Model(graph => graph.Message(5, tensor => tensor
            .Text(8, "w")
            .Message(13, entry => entry.Text(1, "location").Text(2, "../../../etc/passwd"))
            .Varint(14, 1)));

        extractor.Accept("model/net.onnx", bytes.Length, new MemoryStream(bytes));
        extractor.Accept("model/net.onnx_data", 1_000_000, Stream.Null);

        Assert.Equal(
            [new("model/net.onnx", bytes.Length, WasRead: true), new("model/net.onnx_data", 1_000_000, WasRead: false)],
            extractor.Complete().Files);
    }

    [Fact]
    public void Extract_OfAFileWithoutGraph_IsAnError()
    {
        var error = Assert.Throws<ModelReadException>(
            () => ModelBytes.Extract(ModelFormat.Onnx, "net.onnx", new ProtobufWriter().Varint(1, 8).ToArray()));

        Assert.Equal("ONNX model/net.onnx: the model has no graph (field 7)", error.Message);
    }

    [Fact]
    public void Extract_OfAGraphThatIsCutOff_NamesThePlace()
    {
        var bytes = Model(graph => graph.Text(2, "a name"));

        var error = Assert.Throws<ModelReadException>(
            () => ModelBytes.Extract(ModelFormat.Onnx, "net.onnx", bytes[..^1]));

        Assert.Equal("ONNX model/net.onnx: field 7 (graph) ends after the file, at byte 3", error.Message);
    }

    [Fact]
    public void Extract_OfTooManyNodes_ReachesTheLimit()
    {
        var bytes = Model(
            graph => graph.Message(1, node => node.Text(4, "Add")).Message(1, node => node.Text(4, "Add")));

        var error = Assert.Throws<ModelReadException>(
            () => ModelBytes.Extract(ModelFormat.Onnx, "net.onnx", bytes, new ReadLimits { MaximumNodes = 1 }));

        Assert.Equal(ModelReadProblem.LimitExceeded, error.Problem);
        Assert.Contains("the model has more than 1 nodes", error.Message, StringComparison.Ordinal);
    }

    private static void Tensor(ProtobufWriter type, params long[] size) => type.Message(1, tensor => tensor
        .Varint(1, 1)
        .Message(2, shape =>
        {
            foreach (var length in size)
            {
                shape.Message(1, dimension => dimension.Varint(1, length));
            }
        }));

    private static Signature Extract(Action<ProtobufWriter> graph) =>
        ModelBytes.Extract(ModelFormat.Onnx, "net.onnx", Model(graph));

    private static byte[] Model(Action<ProtobufWriter> graph) =>
        new ProtobufWriter().Varint(1, 8).Message(7, graph).ToArray();
}
