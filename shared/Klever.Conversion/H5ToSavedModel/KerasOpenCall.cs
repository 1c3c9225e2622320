using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>A call of a layer that waits for its inputs.</summary>
internal sealed class KerasOpenCall(KerasLayer layer, int index)
{
    public KerasLayer Layer => layer;

    /// <summary>Which call of the layer it is.</summary>
    public int Index => index;

    /// <summary>Inputs that no other call has given yet.</summary>
    public int Missing { get; set; }
}
