using Klever.Conversion.Onnx;
using Klever.Formats.NetDef;
using Klever.Formats.NetDef.Inference;
using Klever.Formats.Shapes;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>One operator on its way into the graph.</summary>
/// <param name="Operator">What is translated.</param>
/// <param name="Graph">Where it goes.</param>
/// <param name="Inputs">Names of its inputs in the graph.</param>
/// <param name="Outputs">Names of its outputs in the graph.</param>
/// <param name="Shapes">What is known of blobs before it runs.</param>
/// <param name="Issues">What stands against it.</param>
/// <param name="IsWanted">Whether an operator or the net takes the n-th output.</param>
internal sealed record NetTranslation(
    NetOperator Operator,
    OnnxGraphBuilder Graph,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    NetInference Shapes,
    ConversionIssues Issues,
    Func<int, bool> IsWanted)
{
    public string Output => Outputs[0];

    /// <summary>Dimensions of an input; null when its rank is not known.</summary>
    public IReadOnlyList<long>? Size(int input) =>
        input < Operator.Inputs.Count ? Shapes[Operator.Inputs[input]].Fact.Size : null;

    /// <summary>Rank of an input; null when it is not known.</summary>
    public int? Rank(int input) => Size(input)?.Count;

    public float Number(string argument, float otherwise) =>
        Operator.Arguments.GetValueOrDefault(argument) is { } value
            ? value.Number ?? value.Integer ?? otherwise
            : otherwise;

    /// <summary>Whether all dimensions from one on are numbers.</summary>
    public static bool AreKnown(IEnumerable<long> dimensions) => dimensions.All(Dimension.IsKnown);

    /// <summary>Refuses for a size that is not known; says nothing where a missing size of an input explains it.</summary>
    public void RefuseUnknown(string detail)
    {
        if (Graph.Inputs.TrueForAll(input => input.Size is not null))
        {
            Refuse(detail);
        }
    }

    public void Refuse(string detail) => Issues.UnsupportedAttribute(Operator.Outputs[0], Operator.Type, detail);
}
