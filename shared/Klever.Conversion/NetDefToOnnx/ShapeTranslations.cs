using Klever.Conversion.Onnx;
using Klever.Formats.Shapes;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Operators that keep the elements and give them another shape.</summary>
internal static class ShapeTranslations
{
    public static IEnumerable<KeyValuePair<string, NetTranslator>> Table =>
    [
        new("Reshape", Reshape),
        new("Flatten", t => t.Graph.Add(
            "Flatten", t.Inputs, t.Output, OnnxAttribute.Of("axis", t.Operator.Integer("axis", otherwise: 1)))),
        new("FlattenToVec", t => t.Graph.Reshape(t.Inputs[0], [-1], t.Output)),
        new("ResizeLike", ReshapeLike),
        new("Transpose", Transpose),
        new("NCHW2NHWC", t => t.Graph.Transpose(t.Inputs[0], [0, 2, 3, 1], t.Output)),
        new("NHWC2NCHW", t => t.Graph.Transpose(t.Inputs[0], [0, 3, 1, 2], t.Output)),
        new("Squeeze", t => t.Graph.Squeeze(t.Inputs[0], t.Operator.Integers("dims"), t.Output)),
        new("ExpandDims", t => t.Graph.Unsqueeze(t.Inputs[0], t.Operator.Integers("dims"), t.Output)),
        new("MergeDim", Merge),
        new("Shape", Shape),
        new("Tile", Tile),
    ];

    // 0 copies a dimension and -1 is the rest, in both.
    private static void Reshape(NetTranslation t)
    {
        if (t.Operator.Has("shape"))
        {
            t.Graph.Reshape(t.Inputs[0], t.Operator.Integers("shape"), t.Output);
        }
        else if (t.Inputs.Count > 1)
        {
            var shape = t.Graph.Add(
                "Cast", [t.Inputs[1]], t.Graph.Between(t.Output, "shape"),
                OnnxAttribute.Of("to", (long)OnnxElementType.Int64));
            t.Graph.Add("Reshape", [t.Inputs[0], shape], t.Output);
        }
        else
        {
            t.Refuse("it has no shape");
        }

        if (t.IsWanted(1))
        {
            t.Graph.Add("Shape", [t.Inputs[0]], t.Outputs[1]);
        }
    }

    private static void ReshapeLike(NetTranslation t)
    {
        var shape = t.Graph.Add("Shape", [t.Inputs[1]], t.Graph.Between(t.Output, "shape"));
        t.Graph.Add("Reshape", [t.Inputs[0], shape], t.Output);
    }

    private static void Transpose(NetTranslation t)
    {
        var axes = t.Operator.Integers("axes");
        if (axes.Count > 0)
        {
            t.Graph.Transpose(t.Inputs[0], axes, t.Output);
        }
        else
        {
            t.Graph.Add("Transpose", t.Inputs, t.Output);
        }
    }

    private static void Merge(NetTranslation t)
    {
        if (t.Size(0) is not [_, _, ..] size || !NetTranslation.AreKnown(size.Skip(2)))
        {
            t.RefuseUnknown("the dimensions after the first two are not known");
            return;
        }

        t.Graph.Reshape(t.Inputs[0], [-1, .. size.Skip(2)], t.Output);
    }

    private static void Shape(NetTranslation t)
    {
        var axes = t.Operator.Integers("axes");
        if (axes.Count == 0)
        {
            t.Graph.Add("Shape", t.Inputs, t.Output);
            return;
        }

        var shape = t.Graph.Add("Shape", t.Inputs, t.Graph.Between(t.Output, "all"));
        t.Graph.Add("Gather", [shape, t.Graph.Integers([.. axes])], t.Output, OnnxAttribute.Of("axis", 0L));
    }

    private static void Tile(NetTranslation t)
    {
        var axis = t.Operator.Integer("axis");
        if (t.Inputs.Count > 1 || t.Rank(0) is not { } rank || Dimension.Axis(axis, rank) is not (>= 0 and var place))
        {
            t.RefuseUnknown("how often and along what it repeats is not known");
            return;
        }

        var repeats = Enumerable.Range(0, rank).Select(i => i == place ? t.Operator.Integer("tiles", otherwise: 1) : 1);
        t.Graph.Add("Tile", [t.Inputs[0], t.Graph.Integers([.. repeats])], t.Output);
    }
}
