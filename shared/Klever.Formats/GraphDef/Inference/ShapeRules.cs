using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>What an operation gives, of what it is given. An unknown operation gives something unknown.</summary>
internal delegate TensorFact ShapeRule(Operation operation);

/// <summary>The table of operations. To add one, add a line to the family that it belongs to.</summary>
internal static class ShapeRules
{
    private static readonly Dictionary<string, ShapeRule> Table = new(
        [
            .. ElementwiseRules.Table, .. ImageRules.Table, .. MatrixRules.Table, .. ReductionRules.Table,
            .. ReshapingRules.Table,
            .. IndexingRules.Table, .. CreationRules.Table, .. ControlRules.Table,
        ],
        StringComparer.Ordinal);

    public static TensorFact Apply(Operation operation)
    {
        var fact = Table.TryGetValue(operation.Node.Type, out var rule) ? rule(operation) : TensorFact.Unknown;

        // Frozen graphs may carry what the graph was known to give when it was built.
        return fact.Size is null && operation.Node.Shape("_output_shapes", operation.Output) is { } noted
            ? new TensorFact([.. noted.Select(Known)])
            : fact;
    }

    private static long Known(long length) => length < 0 ? Shapes.Dimension.Unknown : length;
}
