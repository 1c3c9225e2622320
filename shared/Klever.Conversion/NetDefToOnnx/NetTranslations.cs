namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Adds the nodes that stand for an operator.</summary>
internal delegate void NetTranslator(NetTranslation translation);

/// <summary>The table of operators. To add one, add a line to the family that it belongs to.</summary>
internal static class NetTranslations
{
    private static readonly Dictionary<string, NetTranslator> Table = new(
        [
            .. ElementwiseTranslations.Table, .. ArithmeticTranslations.Table, .. WindowTranslations.Table,
            .. MatrixTranslations.Table,
            .. ShapeTranslations.Table, .. JoiningTranslations.Table, .. NormalizationTranslations.Table,
            .. ReductionTranslations.Table,
        ],
        StringComparer.Ordinal);

    /// <summary>Types of the operators that can be translated.</summary>
    public static IReadOnlyCollection<string> Types => Table.Keys;

    public static NetTranslator? Find(string type) => Table.GetValueOrDefault(type);
}
