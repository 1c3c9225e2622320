using Klever.Formats.Tests.Corpus;
using Klever.Models;

namespace Klever.Formats.Tests.SavedModel;

public sealed class SavedModelCorpusTests
{
    public static TheoryData<string> Names => CorpusCase.Names("savedmodel");

    [Theory]
    [MemberData(nameof(Names))]
    public void Extract_OfRealModel_AgreesWithTensorFlow(string name)
    {
        var model = CorpusCase.Open(ModelFormat.SavedModel, "savedmodel", name);

        var signature = model.Extract().Signature;

        Assert.Equal(model.ExpectedTensors("inputs"), signature.Inputs);
        Assert.Equal(model.ExpectedTensors("outputs"), signature.Outputs);
    }

    // The corpus counts the main graph and the whole library; ours is the main graph and what the signature reaches of
    // the library.
    [Theory]
    [MemberData(nameof(Names))]
    public void Layers_OfRealModel_AreMainGraphAndPartOfLibrary(string name)
    {
        var model = CorpusCase.Open(ModelFormat.SavedModel, "savedmodel", name);

        var layers = Counts(model.Extract().Signature.Layers);

        var main = Counts(model.ExpectedLayers());
        var library = Counts(model.ExpectedLayers("layersInFunctions"));
        Assert.All(main, pair => Assert.True(layers.GetValueOrDefault(pair.Key) >= pair.Value, pair.Key));
        Assert.All(layers, pair => Assert.InRange(
            pair.Value - main.GetValueOrDefault(pair.Key), 0, library.GetValueOrDefault(pair.Key)));
    }

    private static Dictionary<string, int> Counts(IEnumerable<LayerCount> layers) =>
        layers.ToDictionary(layer => layer.Type, layer => layer.Count);
}
