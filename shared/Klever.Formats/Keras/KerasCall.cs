namespace Klever.Formats.Keras;

/// <summary>One call of a layer, as a shape rule sees it.</summary>
internal sealed record KerasCall(
    KerasInference Inference, KerasLayer Layer, IReadOnlyList<KerasValue> Inputs, KerasNode? Node)
{
    public KerasConfig Config => Layer.Config;

    /// <summary>Dimensions of the first input; null when not even their number is known.</summary>
    public IReadOnlyList<long>? Input => Inputs.Count == 0 ? null : Inputs[0].Size;

    public bool IsChannelsFirst =>
        Config.Text("data_format") == "channels_first" || Config.Text("dim_ordering") == "th";

    /// <summary>What a layer inside of this one (<c>TimeDistributed</c>) makes of an input.</summary>
    public IReadOnlyList<KerasValue> CallInner(KerasLayer inner, IReadOnlyList<KerasValue> inputs) =>
        Inference.Call(inner, inputs, node: null);
}
