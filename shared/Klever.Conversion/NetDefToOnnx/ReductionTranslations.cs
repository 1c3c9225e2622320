using Klever.Conversion.Onnx;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Operators that make fewer elements of many.</summary>
internal static class ReductionTranslations
{
    private static readonly string[] Kinds = ["Max", "Mean", "Sum"];

    public static IEnumerable<KeyValuePair<string, NetTranslator>> Table =>
    [
        .. Kinds.Append("Min").Append("L1").Append("L2").Select(
            kind => KeyValuePair.Create<string, NetTranslator>($"Reduce{kind}", t => Reduce(t, $"Reduce{kind}"))),
        .. Kinds.Select(kind => KeyValuePair.Create<string, NetTranslator>(
            $"ReduceFront{kind}", t => Drop(t, $"Reduce{kind}", first: 0))),
        .. Kinds.Select(kind => KeyValuePair.Create<string, NetTranslator>(
            $"ReduceBack{kind}", t => Drop(t, $"Reduce{kind}", first: -Count(t)))),
        new("ArgMax", t => Arg(t, "ArgMax")),
        new("ArgMin", t => Arg(t, "ArgMin")),
    ];

    private static void Reduce(NetTranslation t, string type)
    {
        var axes = t.Operator.Integers("axes");
        if (axes.Count == 0 && t.Rank(0) is not null)
        {
            axes = [.. Enumerable.Range(0, t.Rank(0)!.Value).Select(axis => (long)axis)];
        }

        if (axes.Count == 0)
        {
            t.RefuseUnknown("its axes are not known");
            return;
        }

        t.Graph.Reduce(type, t.Inputs[0], axes, t.Operator.Integer("keepdims", otherwise: 1) != 0, t.Output);
    }

    private static void Drop(NetTranslation t, string type, long first)
    {
        if (t.Inputs.Count > 1)
        {
            t.Refuse("lengths as an input are not supported");
            return;
        }

        var axes = Enumerable.Range(0, (int)Count(t)).Select(i => first + i).ToList();
        t.Graph.Reduce(type, t.Inputs[0], axes, keepsDimensions: false, t.Output);
    }

    private static long Count(NetTranslation t) =>
        Math.Clamp(t.Operator.Integer("num_reduce_dim", otherwise: 1), 1, 64);

    private static void Arg(NetTranslation t, string type) => t.Graph.Add(
        type, t.Inputs, t.Output,
        OnnxAttribute.Of("axis", t.Operator.Integer("axis", otherwise: -1)),
        OnnxAttribute.Of("keepdims", t.Operator.Integer("keepdims", otherwise: 1)));
}
