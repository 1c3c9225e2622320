using Klever.Formats.Shapes;

namespace Klever.Formats.NetDef.Inference;

/// <summary>What an operator gives, of what it is given; outputs that are not told are unknown.</summary>
internal delegate IReadOnlyList<Blob> NetRule(NetOperation operation);

/// <summary>The table of operators. To add one, add a line to the family that it belongs to.</summary>
internal static class NetRules
{
    private static readonly Dictionary<string, NetRule> Table = new(
        [
            .. NetElementwiseRules.Table, .. NetImageRules.Table, .. NetShapeRules.Table, .. NetReductionRules.Table,
            .. FillOperators.Names.Select(name => KeyValuePair.Create<string, NetRule>(
                name, operation => [FillOperators.Apply(operation.Operator, operation.Input(0))])),
        ],
        StringComparer.Ordinal);

    public static IReadOnlyList<Blob> Apply(NetOperation operation) =>
        Table.TryGetValue(operation.Operator.Type, out var rule) ? rule(operation) : [];

    /// <summary>A line of a family: one output of the type of the first input.</summary>
    public static KeyValuePair<string, NetRule> Line(string name, Func<NetOperation, TensorFact> rule) =>
        new(name, operation => [new Blob(operation.DType, rule(operation))]);

    /// <summary>A line of a family: one output of its own type.</summary>
    public static KeyValuePair<string, NetRule> Line(string name, string type, Func<NetOperation, TensorFact> rule) =>
        new(name, operation => [new Blob(type, rule(operation))]);
}
