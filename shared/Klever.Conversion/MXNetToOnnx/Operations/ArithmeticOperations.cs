using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Operations on single elements that ONNX has only in pieces.</summary>
internal static class ArithmeticOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["_mod"] = node => Remainder(node, node.Input(0), node.Input(1)),
            ["broadcast_mod"] = node => Remainder(node, node.Input(0), node.Input(1)),
            ["_mod_scalar"] = node => Remainder(node, node.Input(0), Given(node)),
            ["_rmod_scalar"] = node => Remainder(node, Given(node), node.Input(0)),
            ["_hypot"] = node => Hypotenuse(node, node.Input(1)),
            ["broadcast_hypot"] = node => Hypotenuse(node, node.Input(1)),
            ["_hypot_scalar"] = node => Hypotenuse(node, Given(node)),
            ["cbrt"] = node => node.Emit("Identity", [CubeRoot(node)]),
            ["rcbrt"] = node => node.Emit("Reciprocal", [CubeRoot(node)]),
            ["smooth_l1"] = SmoothL1,
            ["cumsum"] = Cumulate,
        };

    private static string Given(NodeConversion node) => node.Scalar(node.Attributes.Number("scalar", 0));

    // Of the sign of the divisor, as in Python; 0 for a division by 0.
    private static void Remainder(NodeConversion node, string left, string right)
    {
        var zero = node.Scalar(0);
        var rest = node.Step("Mod", [left, right], OnnxAttribute.Of("fmod", 1));
        var isWhole = node.Step("Equal", [rest, zero]);
        var differs = node.Step("Xor", [node.Step("Less", [rest, zero]), node.Step("Less", [right, zero])]);
        var isTaken = node.Step("And", [node.Step("Not", [isWhole]), differs]);
        var result = node.Step("Where", [isTaken, node.Step("Add", [rest, right]), rest]);
        node.Emit("Where", [node.Step("Equal", [right, zero]), zero, result]);
    }

    private static void Hypotenuse(NodeConversion node, string right)
    {
        var (first, second) = (node.Step("Mul", [node.Input(0), node.Input(0)]), node.Step("Mul", [right, right]));
        node.Emit("Sqrt", [node.Step("Add", [first, second])]);
    }

    private static string CubeRoot(NodeConversion node)
    {
        var size = node.Step("Pow", [node.Step("Abs", [node.Input(0)]), node.Scalar(1.0 / 3)]);
        return node.Step("Mul", [node.Step("Sign", [node.Input(0)]), size]);
    }

    // A parabola up to 1 / scalar², a line from there on.
    private static void SmoothL1(NodeConversion node)
    {
        var squared = Math.Pow(node.Attributes.Number("scalar", 1), 2);
        var size = node.Step("Abs", [node.Input(0)]);
        var line = node.Step("Sub", [size, node.Scalar(0.5 / squared)]);
        var parabola = node.Step("Mul", [node.Step("Mul", [size, size]), node.Scalar(0.5 * squared)]);
        node.Emit("Where", [node.Step("Less", [size, node.Scalar(1 / squared)]), parabola, line]);
    }

    private static void Cumulate(NodeConversion node)
    {
        var isFlat = !node.Attributes.Has("axis");
        var axis = isFlat ? 0 : node.Axis("axis", 0);
        var from = isFlat ? node.Reshape(node.Input(0), -1) : node.Input(0);
        var type = Formats.MXNet.MXNetElementTypes.Parse(node.Attributes.Text("dtype")) ?? node.DType();
        from = type == node.DType() ? from : node.Cast(from, type);
        node.Emit("CumSum", [from, node.Constants.Scalar(axis, "int64")]);
    }
}
