using Klever.Formats.Shapes;

namespace Klever.Formats.NetDef.Inference;

/// <summary>An operator whose inputs are known, as far as they can be: what a rule of the table looks at.</summary>
internal sealed record NetOperation(NetOperator Operator, IReadOnlyList<Blob> Inputs)
{
    /// <summary>Whether the layout is channels last (NHWC); Caffe2's own is NCHW.</summary>
    public bool IsChannelsLast => Operator.Text("order", "NCHW") == "NHWC";

    public TensorFact Input(int place) => place < Inputs.Count ? Inputs[place].Fact : TensorFact.Unknown;

    public IReadOnlyList<long>? Size(int place) => Input(place).Size;

    /// <summary>The type that most operators hand on: that of the first input.</summary>
    public string? DType => Inputs.Count > 0 ? Inputs[0].DType : null;
}
