using Klever.Conversion.Onnx;
using Klever.Models;
using Klever.Testing;

namespace Klever.Conversion.Tests.Onnx;

public sealed class OnnxModelWriterTests
{
    private const long ThreeGiB = 3L << 30;

    [Fact]
    public void Write_OfMoreThanProtobufHolds_IsRefusedByNameBeforeAnythingIsWritten()
    {
        using var directory = new TemporaryDirectory();
        var graph = new OnnxGraphBuilder("large", opset: 12);
        graph.Initializers.Add(new OnnxTensor(
            "weight", OnnxElementType.Float32, [ThreeGiB / sizeof(float)], new TensorContent(ThreeGiB, _ => Assert.Fail("It was written."))));
        graph.Add("Relu", ["weight"], "result");
        var request = new ConversionRequest { SourceDirectory = directory.Path, TargetDirectory = directory.Path };

        var refusal = Assert.Throws<ConversionException>(() =>
            OnnxModelWriter.Write(graph, request, new ConversionIssues(ModelFormat.NetDef, ModelFormat.Onnx)));

        Assert.Equal(ConversionProblem.TooLarge, refusal.Problem);
        Assert.Contains("model.onnx would have 32212", refusal.Message);
        Assert.Contains("an ONNX file holds at most 2147483647", refusal.Message);
        Assert.Empty(Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories));
    }
}
