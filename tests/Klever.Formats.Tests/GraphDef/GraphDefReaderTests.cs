using Klever.Formats.Protobuf;
using Klever.Formats.Tests.Protobuf;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.GraphDef;

public sealed class GraphDefReaderTests
{
    private const int Float32 = 1;

    [Fact]
    public void Extract_OfTheSample_InfersTheSizeOfItsOutput()
    {
        var signature = ModelBytes.Extract(ModelFormat.GraphDef, SampleModels.Files(ModelFormat.GraphDef));

        Assert.Equal("image: float32[-1, 8, 8, 1]", Assert.Single(signature.Inputs).ToString());
        Assert.Equal("probabilities: float32[-1, 3]", Assert.Single(signature.Outputs).ToString());
        Assert.Equal(
            [
                new("Placeholder", 1), new("Const", 3), new("Conv2D", 1), new("Relu", 1), new("Reshape", 1),
                new("MatMul", 1),
                new("Softmax", 1),
            ],
            signature.Layers);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(23, null)]
    [InlineData(24, "scalar")]
    public void Size_OfAnEmptyShape_IsAScalarOnlyInNewerGraphs(int producer, string? scalar)
    {
        var signature = Extract(new ProtobufWriter()
            .Node(1, "x", "Placeholder", [], TensorFlowNodes.Type("dtype", Float32), TensorFlowNodes.Shape())
            .Message(4, versions => versions.Varint(1, producer)));

        Assert.Equal(scalar is null ? null : [], Assert.Single(signature.Inputs).Size);
    }

    [Fact]
    public void Size_ThatTheFileDoesNotGive_IsTheDeclaredOne()
    {
        var model = new ProtobufWriter()
            .Node(1, "x", "Placeholder", [], TensorFlowNodes.Type("dtype", Float32))
            .Node(1, "y", "Relu", ["x"], TensorFlowNodes.Type("T", Float32));

        var signature = ModelBytes.Extract(
            ModelFormat.GraphDef,
            new Dictionary<string, byte[]> { ["net.graphdef"] = model.ToArray() },
            new Signature { Inputs = [new Tensor { Name = "x", Size = [2, 3] }] });

        Assert.Equal("x: float32[2, 3]", Assert.Single(signature.Inputs).ToString());
        Assert.Equal("y: float32[2, 3]", Assert.Single(signature.Outputs).ToString());
    }

    [Fact]
    public void Inputs_AreAllKindsOfPlaceholders()
    {
        var signature = Extract(new ProtobufWriter()
            .Node(1, "a", "Placeholder", [])
            .Node(1, "b", "PlaceholderV2", [])
            .Node(1, "c", "PlaceholderWithDefault", ["d"])
            .Node(1, "d", "Const", []));

        Assert.Equal(["a", "b", "c"], signature.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Outputs_AreWhatNobodyTakesOrWaitsFor()
    {
        var signature = Extract(new ProtobufWriter()
            .Node(1, "x", "Placeholder", [])
            .Node(1, "split", "Split", ["axis", "x"])
            .Node(1, "waited_for", "Relu", ["x"])
            .Node(1, "y", "Add", ["split:1", "split:0", "^waited_for"])
            .Node(1, "unused", "Const", [])
            .Node(1, "init", "NoOp", ["^assign"])
            .Node(1, "assign", "Assign", [])
            .Node(1, "loss", "ScalarSummary", ["x"]));

        Assert.Equal("y", Assert.Single(signature.Outputs).Name);
    }

    [Fact]
    public void Output_OfAnOperationNobodyKnows_HasNoSize()
    {
        var signature = Extract(new ProtobufWriter()
            .Node(1, "x", "Placeholder", [], TensorFlowNodes.Type("dtype", Float32), TensorFlowNodes.Shape(1, 2))
            .Node(1, "y", "MyCustomOp", ["x"], TensorFlowNodes.Type("T", Float32)));

        Assert.Equal(new Tensor { Name = "y", DType = "float32" }, Assert.Single(signature.Outputs));
    }

    [Fact]
    public void Extract_OfAGraphThatRunsInACircle_GivesNoSize()
    {
        var signature = Extract(new ProtobufWriter()
            .Node(1, "a", "Relu", ["b"])
            .Node(1, "b", "Relu", ["a"])
            .Node(1, "y", "Add", ["a", "b"], TensorFlowNodes.Type("T", Float32)));

        Assert.Equal(new Tensor { Name = "y", DType = "float32" }, Assert.Single(signature.Outputs));
    }

    [Fact]
    public void Extract_OfAVeryDeepGraph_DoesNotOverflowTheStack()
    {
        var graph = new ProtobufWriter()
            .Node(1, "n0", "Placeholder", [], TensorFlowNodes.Type("dtype", Float32), TensorFlowNodes.Shape(1, 2));
        for (var i = 1; i <= 100_000; i++)
        {
            graph.Node(1, $"n{i}", "Relu", [$"n{i - 1}"]);
        }

        var signature = Extract(graph);

        Assert.Equal([1, 2], Assert.Single(signature.Outputs).Size!);
    }

    [Fact]
    public void Extract_WithoutNodes_IsAnError()
    {
        var error = Assert.Throws<ModelReadException>(
            () => Extract(new ProtobufWriter().Message(4, versions => versions.Varint(1, 24))));

        Assert.Equal("GraphDef model/net.graphdef: the graph has no nodes (field 1)", error.Message);
    }

    private static Signature Extract(ProtobufWriter graph) =>
        ModelBytes.Extract(ModelFormat.GraphDef, "net.graphdef", graph.ToArray());
}
