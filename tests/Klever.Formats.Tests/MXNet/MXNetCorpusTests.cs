using System.Text.Json.Nodes;
using Klever.Formats.MXNet;
using Klever.Formats.Tests.Corpus;
using Klever.Models;
using Klever.Testing;

namespace Klever.Formats.Tests.MXNet;

public class MXNetCorpusTests
{
    private const string Folder = "mxnetparams";

    public static TheoryData<string> Cases() => CorpusCase.Names(Folder);

    [Theory]
    [MemberData(nameof(Cases))]
    public void RealModel_IsDescribed(string name)
    {
        var corpusCase = CorpusCase.Open(ModelFormat.MXNetParams, Folder, name);

        var signature = corpusCase.Extract().Signature;

        Assert.Equal(Names(corpusCase.ExpectedTensors("inputs")), Names(signature.Inputs));
        Assert.Equal(Names(corpusCase.ExpectedTensors("outputs")), Names(signature.Outputs));
        Assert.Equal(corpusCase.ExpectedLayers(), CorpusCase.Sorted(signature.Layers));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void DeclaredInputSizes_GiveOutputSizes(string name)
    {
        var corpusCase = CorpusCase.Open(ModelFormat.MXNetParams, Folder, name);
        var probe = corpusCase.Expected["probe"]!;
        var inputs = probe["inputs"]!.AsObject()
            .Select(input => new Tensor { Name = input.Key, Size = Size(input.Value) }).ToList();

        var signature = corpusCase.Extract(new Signature { Inputs = inputs }).Signature;

        var expected = probe["outputs"]!.AsArray().Select(output => (output![0]!.GetValue<string>(), Size(output[1])));
        foreach (var ((outputName, size), given) in expected.Zip(signature.Outputs))
        {
            Assert.Equal(outputName, given.Name);
            Assert.Equal(size ?? given.Size, given.Size);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parameters_AreListed(string name)
    {
        var corpusCase = CorpusCase.Open(ModelFormat.MXNetParams, Folder, name);
        var path = Directory.GetFiles(SharedFolder.Require("corpus", Folder, name, "model"), "*.params").Single();

        using var content = File.OpenRead(path);
        var entries = ParamsReader.Read(new ModelFile(
            ModelFormat.MXNetParams, "model/net.params", content.Length, content, ReadLimits.Default));

        var expected = corpusCase.Expected["params"]!;
        Assert.Equal(expected["count"]!.GetValue<int>(), entries.Count);
        Assert.Equal(
            expected["magic"]!.AsArray().Select(magic => magic!.GetValue<string>()).Order(StringComparer.Ordinal),
            entries.Select(entry => $"0x{entry.Magic:x}").Distinct().Order(StringComparer.Ordinal));
        foreach (var (entryName, header) in expected["first"]!.AsObject())
        {
            var entry = entries.Single(entry => entry.Name == entryName);
            Assert.Equal(Size(header![0]), entry.Size);
            Assert.Equal(header[1]?.GetValue<string>(), entry.DType);
        }
    }

    private static IEnumerable<string> Names(IEnumerable<Tensor> tensors) => tensors.Select(tensor => tensor.Name);

    private static long[]? Size(JsonNode? size) => size?.AsArray().Select(dimension => dimension!.GetValue<long>()).ToArray();
}
