using Klever.Formats.Shapes;
using Klever.Formats.TensorFlow;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>A node whose inputs are known, as far as they can be: what a rule of the table looks at.</summary>
/// <param name="Node">Its attributes.</param>
/// <param name="Output">Which of its outputs is asked for.</param>
/// <param name="Inputs">Facts of its data inputs in their order.</param>
internal sealed record Operation(GraphNode Node, int Output, IReadOnlyList<TensorFact> Inputs)
{
    /// <summary>Whether the layout is channels first (NCHW); TensorFlow's own is channels last.</summary>
    public bool IsChannelsFirst => Node.Text("data_format", "NHWC").StartsWith("NC", StringComparison.Ordinal);

    public TensorFact Input(int place) => place >= 0 && place < Inputs.Count ? Inputs[place] : TensorFact.Unknown;

    public IReadOnlyList<long>? Size(int place) => Input(place).Size;

    public IReadOnlyList<long>? Elements(int place) => Input(place).Elements;

    /// <summary>The only element of an input; unknown when it is not known.</summary>
    public long Scalar(int place) => Elements(place) is [var element] ? element : Dimension.Unknown;
}
