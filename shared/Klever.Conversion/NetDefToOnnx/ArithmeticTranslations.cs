using Klever.Conversion.Onnx;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Operators that combine inputs element by element.</summary>
internal static class ArithmeticTranslations
{
    private static readonly Dictionary<string, string> OfTwo = new(StringComparer.Ordinal)
    {
        ["Add"] = "Add",
        ["Sub"] = "Sub",
        ["Mul"] = "Mul",
        ["Div"] = "Div",
        ["And"] = "And",
        ["Or"] = "Or",
        ["Xor"] = "Xor",
        ["EQ"] = "Equal",
        ["Equal"] = "Equal",
        ["GT"] = "Greater",
        ["Greater"] = "Greater",
        ["LT"] = "Less",
        ["Less"] = "Less",
    };

    // The opposite of what ONNX has in every operator set.
    private static readonly Dictionary<string, string> Opposites = new(StringComparer.Ordinal)
    {
        ["GE"] = "Less",
        ["LE"] = "Greater",
        ["NE"] = "Equal",
    };

    private static readonly string[] OfMany = ["Max", "Mean", "Min", "Sum"];

    public static IEnumerable<KeyValuePair<string, NetTranslator>> Table =>
    [
        .. OfTwo.Select(pair => KeyValuePair.Create<string, NetTranslator>(pair.Key, t => Combine(t, pair.Value))),
        .. OfMany.Select(
            type => KeyValuePair.Create<string, NetTranslator>(type, t => t.Graph.Add(type, t.Inputs, t.Output))),
        .. Opposites.Select(pair => KeyValuePair.Create<string, NetTranslator>(pair.Key, t => t.Graph.Add(
            "Not", [t.Graph.Add(pair.Value, [t.Inputs[0], Aligned(t)], t.Graph.Between(t.Output, "opposite"))], t.Output))),
        new("Pow", Power),
    ];

    private static void Combine(NetTranslation t, string type) =>
        t.Graph.Add(type, [t.Inputs[0], Aligned(t)], t.Output);

    private static void Power(NetTranslation t)
    {
        var exponent = t.Inputs.Count > 1 ? Aligned(t) : t.Graph.Scalar(t.Number("exponent", 1));
        t.Graph.Add("Pow", [t.Inputs[0], exponent], t.Output);
    }

    // The old "broadcast" puts the second input at an axis of the first; without an axis it is aligned at the end, as
    // in ONNX.
    private static string Aligned(NetTranslation t)
    {
        var axis = t.Operator.Integer("axis", otherwise: -1);
        if (t.Operator.Integer("broadcast") == 0 || axis < 0)
        {
            return t.Inputs[1];
        }

        if (t.Rank(0) is not { } rank || t.Rank(1) is not { } second || rank - axis - second < 0)
        {
            t.RefuseUnknown("it broadcasts at an axis, and the ranks of its inputs are not known");
            return t.Inputs[1];
        }

        var trailing = Enumerable.Range(second, (int)(rank - axis - second)).Select(place => (long)place).ToList();
        return trailing.Count == 0
            ? t.Inputs[1]
            : t.Graph.Unsqueeze(t.Inputs[1], trailing, t.Graph.Between(t.Output, "aligned"));
    }
}
