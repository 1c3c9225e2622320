using Klever.Formats.Tests.Corpus;
using Klever.Models;

namespace Klever.Formats.Tests.NetDef;

public sealed class NetDefCorpusTests
{
    public static TheoryData<string> Names => CorpusCase.Names("netdef");

    [Theory]
    [MemberData(nameof(Names))]
    public void Extract_OfRealModel_AgreesWithCaffe2(string name)
    {
        var model = CorpusCase.Open(ModelFormat.NetDef, "netdef", name);

        var signature = model.Extract().Signature;

        Assert.Equal(NamesOf(model.ExpectedTensors("inputs")), NamesOf(signature.Inputs));
        Assert.Equal(NamesOf(model.ExpectedTensors("outputs")), NamesOf(signature.Outputs));
        Assert.Equal(model.ExpectedLayers(), CorpusCase.Sorted(signature.Layers));
        if (model.Vouches("inputs.size"))
        {
            Assert.Equal(model.ExpectedTensors("inputs").Select(t => t.Size), signature.Inputs.Select(t => t.Size));
        }

        if (model.Vouches("outputs.size"))
        {
            Assert.Equal(model.ExpectedTensors("outputs").Select(t => t.Size), signature.Outputs.Select(t => t.Size));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_ForDeclaredInputs_HaveTheSizesThatRunningGives(string name)
    {
        var model = CorpusCase.Open(ModelFormat.NetDef, "netdef", name);
        var probe = model.Expected["probe"]!;

        var signature = model.Extract(new Signature { Inputs = Tensors(probe["inputs"]!) }).Signature;

        Assert.Equal(Tensors(probe["inputs"]!).Select(t => t.Size), signature.Inputs.Select(t => t.Size));
        Assert.All(Tensors(probe["outputs"]!), expected =>
            Assert.Equal(expected.Size, signature.Outputs.Single(output => output.Name == expected.Name).Size));
    }

    private static List<Tensor> Tensors(System.Text.Json.Nodes.JsonNode sizes) =>
        [.. sizes.AsObject().Select(pair => new Tensor
        {
            Name = pair.Key,
            Size = [.. pair.Value!.AsArray().Select(length => length!.GetValue<long>())],
        })];

    private static IEnumerable<string> NamesOf(IEnumerable<Tensor> tensors) => tensors.Select(tensor => tensor.Name);
}
