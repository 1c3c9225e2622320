using Klever.Formats.Tests.Corpus;
using Klever.Models;

namespace Klever.Formats.Tests.GraphDef;

public sealed class GraphDefCorpusTests
{
    public static TheoryData<string> Names => CorpusCase.Names("graphdef");

    [Theory]
    [MemberData(nameof(Names))]
    public void Extract_OfRealModel_AgreesWithTensorFlow(string name)
    {
        var model = CorpusCase.Open(ModelFormat.GraphDef, "graphdef", name);

        var signature = model.Extract().Signature;

        Assert.Equal(model.ExpectedTensors("inputs"), signature.Inputs);
        Assert.Equal(model.ExpectedLayers(), CorpusCase.Sorted(signature.Layers));
        if (model.Vouches("outputs.dType"))
        {
            Assert.Equal(model.ExpectedTensors("outputs"), signature.Outputs);
        }
        else if (model.Vouches("outputs.name"))
        {
            Assert.Equal(model.ExpectedTensors("outputs").Select(o => o.Name), signature.Outputs.Select(o => o.Name));
        }
    }
}
