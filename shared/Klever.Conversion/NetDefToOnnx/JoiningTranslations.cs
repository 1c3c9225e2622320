using Klever.Conversion.Onnx;
using Klever.Formats.Shapes;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Operators that join tensors, or take parts of them.</summary>
internal static class JoiningTranslations
{
    public static IEnumerable<KeyValuePair<string, NetTranslator>> Table =>
    [
        new("Concat", Concatenate),
        new("DepthConcat", Concatenate),
        new("Split", Split),
        new("DepthSplit", Split),
        new("Slice", Slice),
        new("Gather", t => t.Graph.Add(
            "Gather", t.Inputs, t.Output, OnnxAttribute.Of("axis", t.Operator.Integer("axis")))),
    ];

    private static void Concatenate(NetTranslation t)
    {
        var axis = t.Operator.Integer("axis", otherwise: 1);
        var parts = t.Operator.Integer("add_axis") == 0
            ? t.Inputs
            : [.. t.Inputs.Select(
                (input, place) => t.Graph.Unsqueeze(input, [axis], t.Graph.Between(t.Output, $"part{place}")))];
        t.Graph.Add("Concat", parts, t.Output, OnnxAttribute.Of("axis", axis));
        if (t.IsWanted(1))
        {
            AddSizes(t, axis);
        }
    }

    // What Split takes to undo it.
    private static void AddSizes(NetTranslation t, long axis)
    {
        var sizes = Enumerable.Range(0, t.Inputs.Count).Select(input => t.Operator.Integer("add_axis") != 0 ? 1
            : t.Size(input) is { } size && Dimension.Axis(axis, size.Count) is >= 0 and var place ? size[place]
            : -1).ToArray();
        if (!NetTranslation.AreKnown(sizes))
        {
            t.RefuseUnknown("the sizes of its parts are taken by another operator, and are not known");
            return;
        }

        int[] numbers = [.. sizes.Select(size => (int)size)];
        t.Graph.Initializers.Add(new OnnxTensor(t.Outputs[1], OnnxElementType.Int32, [numbers.Length], TensorContent.Of(numbers)));
    }

    private static void Split(NetTranslation t)
    {
        var axis = t.Operator.Integer("axis", otherwise: 1);
        var sizes = t.Operator.Integers("split");
        if (sizes.Count == 0 && t.Inputs.Count == 1 && t.Size(0) is { } size
            && Dimension.Axis(axis, size.Count) is >= 0 and var place
            && Dimension.IsKnown(size[place]))
        {
            sizes = [.. Enumerable.Repeat(size[place] / t.Outputs.Count, t.Outputs.Count)];
        }

        if (sizes.Count != t.Outputs.Count)
        {
            t.RefuseUnknown("the sizes of its parts are not known");
            return;
        }

        t.Graph.Split(t.Inputs[0], axis, sizes, t.Outputs);
    }

    // An end of -1 is the end of the axis; other negative ends count from it, one further than in ONNX.
    private static void Slice(NetTranslation t)
    {
        var (starts, ends) = (t.Operator.Integers("starts"), t.Operator.Integers("ends"));
        if (starts.Count == 0 || starts.Count != ends.Count)
        {
            t.RefuseUnknown("where it begins and ends is not known");
            return;
        }

        var first = t.Graph.Integers([.. starts.Select(Shifted)]);
        var last = t.Graph.Integers([.. ends.Select(Shifted)]);
        t.Graph.Add("Slice", [t.Inputs[0], first, last], t.Output);

        static long Shifted(long index) => index == -1 ? long.MaxValue : index < 0 ? index + 1 : index;
    }
}
