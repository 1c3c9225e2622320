using Klever.Formats.Tests.Corpus;
using Klever.Models;

namespace Klever.Formats.Tests.H5;

public sealed class H5CorpusTests
{
    public static TheoryData<string> Cases => CorpusCase.Names("h5");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Extract_OfTheCorpus_GivesWhatOtherToolsSay(string name)
    {
        var model = CorpusCase.Open(ModelFormat.H5, "h5", name);
        if (model.Vouches("weightsOnly"))
        {
            var exception = Assert.Throws<ModelReadException>(() => model.Extract());
            Assert.Equal(ModelReadProblem.NotSupported, exception.Problem);
            Assert.Contains("weights only", exception.Message, StringComparison.Ordinal);
            return;
        }

        var signature = model.Extract().Signature;

        Assert.Equal(model.ExpectedTensors("inputs"), signature.Inputs);
        Assert.Equal(model.ExpectedTensors("outputs"), signature.Outputs);
        Assert.Equal(model.ExpectedLayers(), CorpusCase.Sorted(signature.Layers));
    }
}
