namespace Klever.Models;

/// <summary>Which formats become which: the names only, for those who must answer before a converter runs. A test holds it equal to
/// the table of converters.</summary>
public static class FormatConversions
{
    /// <summary>What one converter does.</summary>
    public static IReadOnlyList<(ModelFormat From, ModelFormat To)> Direct { get; } =
    [
        (ModelFormat.MXNetParams, ModelFormat.Onnx),
        (ModelFormat.NetDef, ModelFormat.Onnx),
        (ModelFormat.H5, ModelFormat.SavedModel),
        (ModelFormat.CaffeModel, ModelFormat.NetDef),
    ];

    /// <summary>What one converter does, and what two do one after the other.</summary>
    public static IReadOnlyList<(ModelFormat From, ModelFormat To)> All { get; } =
    [
        .. Direct,
        .. from first in Direct
           from second in Direct
           where first.To == second.From && first.From != second.To && !Direct.Contains((first.From, second.To))
           select (first.From, second.To),
    ];

    /// <summary>All pairs as a sentence shows them.</summary>
    public static string Names => string.Join(", ", All.Select(pair => $"{pair.From} to {pair.To}"));

    public static bool Contains(ModelFormat from, ModelFormat to) => All.Contains((from, to));

    /// <summary>The formats that a model passes through after <paramref name="from"/>, the last of them
    /// <paramref name="to"/>; empty when there is no way.</summary>
    public static IReadOnlyList<ModelFormat> Steps(ModelFormat from, ModelFormat to) =>
        Direct.Contains((from, to)) ? [to]
        : !Contains(from, to) ? []
        : [Direct.First(first => first.From == from && Direct.Contains((first.To, to))).To, to];
}
