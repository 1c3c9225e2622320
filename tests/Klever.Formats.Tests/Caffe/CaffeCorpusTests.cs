using Klever.Formats.Tests.Corpus;
using Klever.Models;

namespace Klever.Formats.Tests.Caffe;

public class CaffeCorpusTests
{
    private const string Folder = "caffemodel";

    public static TheoryData<string> Cases() => CorpusCase.Names(Folder);

    [Theory]
    [MemberData(nameof(Cases))]
    public void RealModel_IsDescribed(string name)
    {
        var corpusCase = CorpusCase.Open(ModelFormat.CaffeModel, Folder, name);

        var signature = corpusCase.Extract().Signature;

        Assert.Equal(corpusCase.ExpectedTensors("inputs"), signature.Inputs);
        Assert.Equal(corpusCase.ExpectedLayers(), CorpusCase.Sorted(signature.Layers));
        AssertOutputs(corpusCase, signature.Outputs);
    }

    // Where only OpenCV knows a size, the case also takes the one that a file can tell.
    private static void AssertOutputs(CorpusCase corpusCase, IReadOnlyList<Tensor> actual)
    {
        var expected = corpusCase.ExpectedTensors("outputs");
        var acceptable = corpusCase.Expected["alsoAcceptable"]?.AsObject();

        Assert.Equal(expected.Select(output => output.Name), actual.Select(output => output.Name));
        foreach (var (wanted, given) in expected.Zip(actual))
        {
            var other = acceptable?[wanted.Name]?.AsArray().Select(size => size!.GetValue<long>()).ToList();
            Assert.Equal(wanted.DType, given.DType);
            Assert.True(
                (wanted with { Size = wanted.Size ?? given.Size }).Equals(given)
                    || (other is not null && given.Size is not null && given.Size.SequenceEqual(other)),
                $"{given} is not {wanted}");
        }
    }
}
