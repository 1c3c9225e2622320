using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>A recurrent cell that goes over a sequence as it is written: a layer, one direction of a Bidirectional, or one cell of an
/// RNN.</summary>
/// <param name="Owner">The layer that stands in the model; errors name it.</param>
/// <param name="Input">The sequence.</param>
/// <param name="CellName">The class that says what a step does.</param>
/// <param name="Cell">Settings of a step.</param>
/// <param name="Weights">Kernel, recurrent kernel and bias.</param>
/// <param name="InitialStates">Tensors, none for zeros.</param>
/// <param name="ZeroesMasked">Whether the output of a step that does not count is zero; else it is that of the step before.</param>
internal sealed record RecurrentSettings(
    KerasEmission Owner, GraphValue Input, string CellName, KerasConfig Cell, KerasLayerWeights Weights, bool IsBackwards,
    bool ReturnsSequences, IReadOnlyList<string> InitialStates, bool ZeroesMasked)
{
    public bool IsCudnn => CellName.StartsWith("CuDNN", StringComparison.Ordinal);

    /// <summary>Spatial dimensions of a step: none but for ConvLSTM.</summary>
    public int ImageRank => CellName.StartsWith("ConvLSTM", StringComparison.Ordinal) ? CellName["ConvLSTM".Length] - '0' : 0;

    /// <summary>Dimensions of the sequence; -1 unknown.</summary>
    public IReadOnlyList<long> Size => Input.Size ?? throw Owner.Refuse("the number of dimensions of its input is not known");

    public long Channels => Size[^1] >= 0 ? Size[^1] : throw Owner.Refuse("the number of channels of its input is not known");

    /// <summary>Features of a state.</summary>
    public long Units => Cell.Integer(ImageRank > 0 ? "filters" : "units") is > 0 and <= int.MaxValue / 8 and { } units
        ? units
        : throw Owner.Refuse($"it has no setting {(ImageRank > 0 ? "filters" : "units")} that can be meant");

    public bool HasBias => Cell.Flag("use_bias", otherwise: true);

    public string Activation(string key, string otherwise) => Cell.Find(key) is null
        ? (Cell.Has(key) ? "linear" : otherwise)
        : Activations.Name(Cell, key) ?? throw Owner.Refuse($"its {key} is a layer");
}
