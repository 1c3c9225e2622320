using Klever.Conversion.Onnx;
using Klever.Formats.Shapes;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Products of matrices.</summary>
internal static class MatrixTranslations
{
    public static IEnumerable<KeyValuePair<string, NetTranslator>> Table =>
    [
        new("FC", t => Connect(t, isTransposed: false)),
        new("FCTransposed", t => Connect(t, isTransposed: true)),
        new("MatMul", Multiply),
        new("BatchMatMul", Multiply),
        new("ElementwiseLinear", Scale),
    ];

    // Y = X Wᵀ + b, with X flattened from an axis on; Y has the dimensions of X before that axis again.
    private static void Connect(NetTranslation t, bool isTransposed)
    {
        var axis = t.Operator.Integer("axis", otherwise: 1);
        if (axis < 1 || t.Inputs.Count != 3)
        {
            t.Refuse("its axis is before the first, or it has no bias");
            return;
        }

        var input = t.Rank(0) == 2 && axis == 1
            ? t.Inputs[0]
            : t.Graph.Add("Flatten", [t.Inputs[0]], t.Graph.Between(t.Output, "flat"), OnnxAttribute.Of("axis", axis));
        var weights = t.Inputs[1];
        if (t.Size(1) is not { Count: 2 })
        {
            var axisOfWeights = t.Operator.Integer("axis_w", otherwise: 1);
            weights = t.Graph.Add(
                "Flatten", [weights], t.Graph.Between(t.Output, "weights"), OnnxAttribute.Of("axis", axisOfWeights));
        }

        var product = axis == 1 ? t.Output : t.Graph.Between(t.Output, "product");
        t.Graph.Add("Gemm", [input, weights, t.Inputs[2]], product, OnnxAttribute.Of("transB", isTransposed ? 0L : 1L));
        if (axis > 1)
        {
            var shape = t.Graph.Add("Shape", [t.Inputs[0]], t.Graph.Between(t.Output, "shape"));
            var kept = t.Graph.Add(
                "Slice", [shape, t.Graph.Integers(0), t.Graph.Integers(axis)], t.Graph.Between(t.Output, "kept"));
            var target = t.Graph.Add(
                "Concat",
                [kept, t.Graph.Integers(-1)],
                t.Graph.Between(t.Output, "target"),
                OnnxAttribute.Of("axis", 0L));
            t.Graph.Add("Reshape", [product, target], t.Output);
        }
    }

    private static void Multiply(NetTranslation t)
    {
        if (t.Operator.Integer("axis_a", otherwise: 1) != 1 || t.Operator.Integer("axis_b", otherwise: 1) != 1)
        {
            t.Refuse("axis_a and axis_b other than 1 are not supported");
            return;
        }

        t.Graph.Add("MatMul", [Factor(t, 0, "trans_a"), Factor(t, 1, "trans_b")], t.Output);
    }

    private static string Factor(NetTranslation t, int place, string argument)
    {
        if (t.Operator.Type == "MatMul" && t.Rank(place) != 2)
        {
            t.RefuseUnknown("a factor is not known to be a matrix");
        }

        if (t.Operator.Integer(argument) == 0)
        {
            return t.Inputs[place];
        }

        if (t.Rank(place) is not (>= 2 and var rank))
        {
            t.RefuseUnknown("the rank of a factor is not known");
            return t.Inputs[place];
        }

        long[] permutation = [.. Enumerable.Range(0, rank - 2).Select(axis => (long)axis), rank - 1, rank - 2];
        return t.Graph.Transpose(
            t.Inputs[place], permutation, t.Graph.Between(t.Output, place == 0 ? "left" : "right"));
    }

    // One factor and one summand for each feature, the last axis.
    private static void Scale(NetTranslation t)
    {
        var axis = t.Operator.Integer("axis", otherwise: 1);
        if (t.Rank(0) is not { } rank || Dimension.Axis(axis, rank) != rank - 1)
        {
            t.RefuseUnknown("its axis is not known to be the last");
            return;
        }

        var scaled = t.Graph.Add("Mul", [t.Inputs[0], t.Inputs[1]], t.Graph.Between(t.Output, "scaled"));
        t.Graph.Add("Add", [scaled, t.Inputs[2]], t.Output);
    }
}
