using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>A recurrent layer as it is written: alone, or as one direction of a Bidirectional.</summary>
/// <param name="Owner">The layer that stands in the model; errors name it.</param>
/// <param name="Weights">Kernel, recurrent kernel and bias.</param>
/// <param name="InitialStates">Tensors, none for zeros.</param>
internal sealed record RecurrentSettings(
    KerasEmission Owner, KerasLayer Layer, KerasLayerWeights Weights, bool IsBackwards,
    IReadOnlyList<string> InitialStates)
{
    public KerasConfig Config => Layer.Config;

    public bool IsCudnn => Layer.ClassName.StartsWith("CuDNN", StringComparison.Ordinal);

    public long Units => Config.Integer("units") ?? throw Owner.Refuse("it has no setting units");

    public bool HasBias => Config.Flag("use_bias", otherwise: true);

    public bool ReturnsSequences => Config.Flag("return_sequences");

    public string Activation(string key, string otherwise) => Config.Find(key) is null
        ? (Config.Has(key) ? "linear" : otherwise)
        : Activations.Name(Config, key) ?? throw Owner.Refuse($"its {key} is a layer");
}
