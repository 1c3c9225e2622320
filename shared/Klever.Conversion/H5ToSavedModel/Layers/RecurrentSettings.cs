using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>A recurrent layer as it is written: alone, or as one direction of a Bidirectional.</summary>
/// <param name="Owner">The layer that stands in the model; errors name it.</param>
/// <param name="Weights">Kernel, recurrent kernel and bias.</param>
/// <param name="InitialStates">Tensors, none for zeros.</param>
/// <param name="ZeroesMasked">Whether the output of a step that does not count is zero; else it is that of the step before.</param>
internal sealed record RecurrentSettings(
    KerasEmission Owner, KerasLayer Layer, KerasLayerWeights Weights, bool IsBackwards,
    IReadOnlyList<string> InitialStates, bool ZeroesMasked)
{
    public KerasConfig Config => Layer.Config;

    /// <summary>Settings of a step: those of the layer, or of the cell that an RNN was made with.</summary>
    public KerasConfig Cell => Layer.ClassName == "RNN" ? Config.Inner("cell").Inner("config") : Config;

    public string CellName => Layer.ClassName == "RNN" ? Config.Inner("cell").Text("class_name") ?? "cell" : Layer.ClassName;

    public bool IsCudnn => Layer.ClassName.StartsWith("CuDNN", StringComparison.Ordinal);

    public long Units => Cell.Integer("units") is > 0 and <= int.MaxValue / 8 and { } units
        ? units
        : throw Owner.Refuse("it has no setting units that can be meant");

    public bool HasBias => Cell.Flag("use_bias", otherwise: true);

    public bool ReturnsSequences => Config.Flag("return_sequences");

    public string Activation(string key, string otherwise) => Cell.Find(key) is null
        ? (Cell.Has(key) ? "linear" : otherwise)
        : Activations.Name(Cell, key) ?? throw Owner.Refuse($"its {key} is a layer");
}
