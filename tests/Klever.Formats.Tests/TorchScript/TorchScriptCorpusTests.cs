using Klever.Formats.Tests.Corpus;
using Klever.Formats.TorchScript;
using Klever.Models;
using Klever.Testing;

namespace Klever.Formats.Tests.TorchScript;

public sealed class TorchScriptCorpusTests
{
    private const string Folder = "torchscript";

    private static readonly string[] ScalarOperations =
        ["size", "len", "dim", "eq", "ne", "lt", "le", "gt", "ge", "Int", "Bool", "format", "__is__", "__isnot__", "__not__"];

    public static TheoryData<string> Names => CorpusCase.Names(Folder);

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfRealModel_AnswersAsTorchDoes(string name)
    {
        var expected = CorpusCase.Open(ModelFormat.TorchScript, Folder, name);
        if (expected.Expected.ContainsKey("error"))
        {
            Assert.Equal(ModelReadProblem.NotTheFormat, Assert.Throws<ModelReadException>(() => expected.Extract()).Problem);
            return;
        }

        var signature = expected.Extract().Signature;

        Assert.Equal(expected.ExpectedTensors("inputs").Select(input => input.Name), signature.Inputs.Select(input => input.Name));
        Assert.Equal(ExpectedLayers(expected), CorpusCase.Sorted(signature.Layers));
        if (expected.Expected.ContainsKey("tracedInputs"))
        {
            Assert.Equal(expected.ExpectedTensors("inputs"), signature.Inputs);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfRealModel_KnowsTheTypesOfForward(string name)
    {
        var expected = CorpusCase.Open(ModelFormat.TorchScript, Folder, name);
        if (expected.Expected.ContainsKey("error"))
        {
            Assert.Throws<ModelReadException>(() => ReadModel(expected, name));
            return;
        }

        var model = ReadModel(expected, name);

        Assert.Equal(expected.Expected["rootType"]!.GetValue<string>(), model.Root.Name);
        Assert.Equal(Types(expected, "inputs"), model.Forward?.Parameters.Skip(1).Select(parameter => parameter.Type) ?? []);
        Assert.Equal(Types(expected, "outputs"), model.Forward is null ? [] : [model.Forward.Returns]);
    }

    /// <summary>On purpose other than the corpus, which says {} of a model without submodules: its layers are the operations of
    /// forward (formats.md, section 6), without the arithmetic on sizes.</summary>
    private static IReadOnlyList<LayerCount> ExpectedLayers(CorpusCase expected)
    {
        var layers = expected.ExpectedLayers();
        return layers.Count > 0
            ? layers
            : [.. expected.ExpectedLayers("forwardTopLevelAtenOps").Where(layer => !ScalarOperations.Contains(layer.Type))];
    }

    private static IEnumerable<string> Types(CorpusCase expected, string key) =>
        expected.Expected[key]!.AsArray().Select(tensor => tensor!["type"]!.GetValue<string>());

    private static TorchScriptModel ReadModel(CorpusCase expected, string name)
    {
        var path = expected.Extract().Files.Single().Path;
        using var content = File.OpenRead(Path.Combine(SharedFolder.Require("corpus", Folder, name), path));
        var file = new ModelFile(ModelFormat.TorchScript, path, content.Length, content, ReadLimits.Default);
        return TorchScriptModel.Read(TorchArchive.Open(file));
    }
}
