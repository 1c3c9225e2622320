using Klever.Formats.MXNet;

namespace Klever.Conversion.Tests.MXNet.Evaluation;

/// <summary>Sequences and attention, by the equations of MXNet's documentation.</summary>
internal static class SequenceDefinitions
{
    public static readonly Dictionary<string, Func<SymbolAttributes, Values[], Values[]>> Table = new()
    {
        ["SequenceMask"] = (a, x) => [x.Length == 1 ? x[0] : Mask(x, (int)a.Integer("axis", 0), (float)a.Number("value", 0))],
        ["SequenceLast"] = (a, x) => [Last(x, (int)a.Integer("axis", 0))],
        ["SequenceReverse"] = (_, x) => [Values.Of(x[0].Size, p => x[0].At([Reversed(p[0], Length(x, p[1], 0)), .. p[1..]]))],
        ["_contrib_arange_like"] = (a, x) => [RangeLike(a, x[0])],
        ["_contrib_interleaved_matmul_selfatt_qk"] = (a, x) => [Scores(x[0], x[0], (int)a.Integer("heads", 1), 3, 3, 1)],
        ["_contrib_interleaved_matmul_encdec_qk"] = (a, x) => [Scores(x[0], x[1], (int)a.Integer("heads", 1), 1, 2, 0)],
        ["_contrib_interleaved_matmul_selfatt_valatt"] = (a, x) => [Weighted(x[0], x[1], (int)a.Integer("heads", 1), 3, 2)],
        ["_contrib_interleaved_matmul_encdec_valatt"] = (a, x) => [Weighted(x[0], x[1], (int)a.Integer("heads", 1), 2, 1)],
        ["RNN"] = RecurrentDefinition.Run,
    };

    private static int Length(Values[] x, int item, int time) => x.Length == 1 ? x[0].Size[time] : (int)x[1].Elements[item];

    private static int Reversed(int place, int length) => place < length ? length - 1 - place : place;

    private static Values Mask(Values[] x, int time, float value) =>
        Values.Of(x[0].Size, p => p[time] < (int)x[1].Elements[p[1 - time]] ? x[0].At(p) : value);

    private static Values Last(Values[] x, int time) => Values.Of(
        [.. x[0].Size.Where((_, i) => i != time)],
        p => x[0].At(time == 0 ? [Length(x, p[0], 0) - 1, .. p] : [p[0], Length(x, p[0], 1) - 1, .. p[1..]]));

    private static Values RangeLike(SymbolAttributes a, Values x)
    {
        var size = a.Has("axis") ? [x.Size[x.Axis(a.Integer("axis", 0))]] : x.Size;
        return new Values(size, [.. Enumerable.Range(0, Values.Count(size))
            .Select(i => (float)(a.Number("start", 0) + (a.Number("step", 1) * (i / a.Integer("repeat", 1)))))]);
    }

    private static Values Scores(Values queries, Values keys, int heads, int partsOfQueries, int partsOfKeys, int key)
    {
        var features = queries.Size[2] / heads / partsOfQueries;
        return Values.Of([queries.Size[1] * heads, queries.Size[0], keys.Size[0]], p => Enumerable.Range(0, features).Sum(f =>
            queries.At([p[1], p[0] / heads, (p[0] % heads * partsOfQueries * features) + f])
            * keys.At([p[2], p[0] / heads, (((p[0] % heads * partsOfKeys) + key) * features) + f])) / MathF.Sqrt(features));
    }

    private static Values Weighted(Values x, Values weights, int heads, int parts, int value)
    {
        var features = x.Size[2] / heads / parts;
        return Values.Of([weights.Size[1], x.Size[1], heads * features], p => Enumerable.Range(0, x.Size[0]).Sum(t =>
            weights.At([(p[1] * heads) + (p[2] / features), p[0], t])
            * x.At([t, p[1], (((p[2] / features * parts) + value) * features) + (p[2] % features)])));
    }
}
