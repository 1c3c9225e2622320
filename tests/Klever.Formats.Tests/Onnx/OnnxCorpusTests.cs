using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Formats.Tests.Corpus;
using Klever.Models;

namespace Klever.Formats.Tests.Onnx;

public sealed class OnnxCorpusTests
{
    public static TheoryData<string> Names => CorpusCase.Names("onnx");

    [Theory]
    [MemberData(nameof(Names))]
    public void Extract_OfRealModel_AgreesWithOnnx(string name)
    {
        var model = CorpusCase.Open(ModelFormat.Onnx, "onnx", name);

        var signature = model.Extract().Signature;

        Assert.Equal(model.ExpectedTensors("inputs"), signature.Inputs);
        Assert.Equal(Outputs(model), signature.Outputs);
        Assert.Equal(model.ExpectedLayers(), CorpusCase.Sorted(signature.Layers));
    }

    // Where the file says nothing of an output, ONNX Runtime infers it, and so do we.
    private static List<Tensor> Outputs(CorpusCase model) =>
        [.. model.ExpectedTensors("outputs").Select((output, place) => output.DType is not null
            ? output
            : Inferred(output.Name, model.Expected["onnxruntime"]!["outputs"]![place]!))];

    private static Tensor Inferred(string name, JsonNode output) => new()
    {
        Name = name,
        DType = output["type"]!.GetValue<string>(),
        Size = [.. output["shape"]!.AsArray().Select(length =>
            length!.GetValueKind() == JsonValueKind.Number ? length.GetValue<long>() : -1)],
    };
}
