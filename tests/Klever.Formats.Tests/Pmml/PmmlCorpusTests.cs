using Klever.Formats.Tests.Corpus;
using Klever.Models;

namespace Klever.Formats.Tests.Pmml;

public sealed class PmmlCorpusTests
{
    public static TheoryData<string> Names => CorpusCase.Names("pmml");

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfRealModel_AnswersAsJpmmlDoes(string name)
    {
        var expected = CorpusCase.Open(ModelFormat.Pmml, "pmml", name);

        var signature = expected.Extract().Signature;

        Assert.Equal(expected.ExpectedTensors("inputs"), signature.Inputs);
        Assert.Equal(expected.ExpectedTensors("outputs"), signature.Outputs);
        Assert.Equal(expected.ExpectedLayers(), CorpusCase.Sorted(signature.Layers));
    }
}
