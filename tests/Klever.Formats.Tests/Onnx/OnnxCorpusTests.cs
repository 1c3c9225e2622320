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
        Assert.Equal(model.ExpectedTensors("outputs"), signature.Outputs);
        Assert.Equal(model.ExpectedLayers(), CorpusCase.Sorted(signature.Layers));
    }
}
