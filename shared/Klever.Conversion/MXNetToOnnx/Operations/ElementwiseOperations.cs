using Klever.Conversion.Onnx;
using Klever.Formats.MXNet.Shapes;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Operations on single elements. MXNet's comparisons give 0 and 1 in the type of what they compare.</summary>
internal static class ElementwiseOperations
{
    private static readonly (string Names, string Onnx)[] Unary =
    [
        ("relu", "Relu"), ("sigmoid", "Sigmoid"), ("tanh", "Tanh"), ("exp", "Exp"),
        ("log", "Log"), ("sqrt", "Sqrt"), ("abs", "Abs"),
        ("floor", "Floor"), ("ceil", "Ceil"), ("negative", "Neg"), ("reciprocal", "Reciprocal"), ("erf", "Erf"), ("sin", "Sin"),
        ("cos", "Cos"), ("tan", "Tan"), ("arcsin", "Asin"), ("arccos", "Acos"),
        ("arctan", "Atan"), ("sinh", "Sinh"), ("cosh", "Cosh"),
        ("arcsinh", "Asinh"), ("arccosh", "Acosh"), ("arctanh", "Atanh"),
        ("sign", "Sign"), ("softsign", "Softsign"), ("rint", "Round"),
    ];

    private static readonly (string Names, string Onnx)[] Binary =
    [
        ("elemwise_add broadcast_add", "Add"), ("elemwise_sub broadcast_sub", "Sub"), ("elemwise_mul broadcast_mul", "Mul"),
        ("elemwise_div broadcast_div", "Div"), ("_power broadcast_power", "Pow"), ("_maximum broadcast_maximum", "Max"),
        ("_minimum broadcast_minimum", "Min"),
    ];

    private static readonly (string Name, string Onnx)[] WithScalar =
    [
        ("plus", "Add"), ("minus", "Sub"), ("mul", "Mul"), ("div", "Div"), ("power", "Pow"),
        ("maximum", "Max"), ("minimum", "Min"),
    ];

    // Here the scalar comes first.
    private static readonly (string Name, string Onnx)[] OfScalar = [("rminus", "Sub"), ("rdiv", "Div"), ("rpower", "Pow")];

    private static readonly (string Name, string Onnx, bool Negates)[] Comparisons =
    [
        ("equal", "Equal", false), ("not_equal", "Equal", true), ("greater", "Greater", false), ("greater_equal", "Less", true),
        ("lesser", "Less", false), ("lesser_equal", "Greater", true),
    ];

    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table = Create();

    private static Dictionary<string, Action<NodeConversion>> Create()
    {
        var table = new Dictionary<string, Action<NodeConversion>>(StringComparer.Ordinal)
        {
            ["add_n"] = node => node.Emit("Sum", node.Inputs),
            ["square"] = node => node.Emit("Mul", [node.Input(0), node.Input(0)]),
            ["rsqrt"] = node => node.Emit("Reciprocal", [node.Step("Sqrt", [node.Input(0)])]),
            ["log1p"] = node => node.Emit("Log", [node.Step("Add", [node.Input(0), node.Scalar(1)])]),
            ["expm1"] = node => node.Emit("Sub", [node.Step("Exp", [node.Input(0)]), node.Scalar(1)]),
            ["log2"] = node => node.Emit("Div", [node.Step("Log", [node.Input(0)]), node.Scalar(Math.Log(2))]),
            ["log10"] = node => node.Emit("Div", [node.Step("Log", [node.Input(0)]), node.Scalar(Math.Log(10))]),
            ["clip"] = Clip,
            ["hard_sigmoid"] = node => node.Emit(
                "HardSigmoid",
                [node.Input(0)],
                OnnxAttribute.Of("alpha", (float)node.Attributes.Number("alpha", 0.2)),
                OnnxAttribute.Of("beta", (float)node.Attributes.Number("beta", 0.5))),
            ["Cast"] = Cast,
            ["amp_multicast"] = CastTogether,
            ["where"] = Where,
            ["zeros_like"] = node => Fill(node, 0),
            ["ones_like"] = node => Fill(node, 1),
        };
        AddOperators(table);
        AddComparisons(table);
        AddLogic(table);
        AddActivations(table);
        return table;
    }

    private static void AddOperators(Dictionary<string, Action<NodeConversion>> table)
    {
        foreach (var (name, onnx) in Unary)
        {
            table[name] = node => node.Emit(onnx, [node.Input(0)]);
        }

        foreach (var (names, onnx) in Binary)
        {
            foreach (var name in names.Split(' '))
            {
                table[name] = node => node.Emit(onnx, [node.Input(0), node.Input(1)]);
            }
        }

        foreach (var (name, onnx) in WithScalar)
        {
            table[$"_{name}_scalar"] = node => node.Emit(onnx, [node.Input(0), Given(node)]);
        }

        foreach (var (name, onnx) in OfScalar)
        {
            table[$"_{name}_scalar"] = node => node.Emit(onnx, [Given(node), node.Input(0)]);
        }
    }

    private static void AddComparisons(Dictionary<string, Action<NodeConversion>> table)
    {
        foreach (var (name, onnx, negates) in Comparisons)
        {
            table[$"_{name}"] = table[$"broadcast_{name}"] = node => Compare(node, onnx, negates, node.Input(1));
            table[$"_{name}_scalar"] = node => Compare(node, onnx, negates, Given(node));
        }
    }

    private static void AddLogic(Dictionary<string, Action<NodeConversion>> table)
    {
        foreach (var (name, onnx) in new[] { ("and", "And"), ("or", "Or"), ("xor", "Xor") })
        {
            table[$"_logical_{name}"] = table[$"broadcast_logical_{name}"] = node => node.Emit(
                "Cast", [node.Step(onnx, [Truth(node, 0), Truth(node, 1)])], OnnxTypes.To(node.DType()));
        }

        foreach (var (name, onnx) in new[] { ("and", "And"), ("or", "Or"), ("xor", "Xor") })
        {
            table[$"_logical_{name}_scalar"] = node => node.Emit(
                "Cast", [node.Step(onnx, [Truth(node, 0), node.Cast(Given(node), "bool")])], OnnxTypes.To(node.DType()));
        }

        table["logical_not"] = node => node.Emit("Cast", [node.Step("Not", [Truth(node, 0)])], OnnxTypes.To(node.DType()));
    }

    private static string Truth(NodeConversion node, int input) => node.Step("Cast", [node.Input(input)], OnnxTypes.To("bool"));

    private static void AddActivations(Dictionary<string, Action<NodeConversion>> table)
    {
        table["silu"] = node => node.Emit("Mul", [node.Input(0), node.Step("Sigmoid", [node.Input(0)])]);
        table["log_sigmoid"] = node => node.Emit("Neg", [node.Step("Softplus", [node.Step("Neg", [node.Input(0)])])]);
        table["mish"] = node => node.Emit("Mul", [node.Input(0), node.Step("Tanh", [node.Step("Softplus", [node.Input(0)])])]);
        table["degrees"] = node => node.Emit("Mul", [node.Input(0), node.Scalar(180 / Math.PI)]);
        table["radians"] = node => node.Emit("Mul", [node.Input(0), node.Scalar(Math.PI / 180)]);
        table["trunc"] = table["fix"] = node => TowardsZero(node, node.Step("Abs", [node.Input(0)]));
        table["round"] = node => TowardsZero(node, node.Step("Add", [node.Step("Abs", [node.Input(0)]), node.Scalar(0.5)]));
        table["_contrib_div_sqrt_dim"] = node => node.Emit(
            "Div", [node.Input(0), node.Scalar(Math.Sqrt(node.Dimension(node.Rank() - 1)))]);
    }

    // MXNet rounds halves away from zero, ONNX to the even number.
    private static void TowardsZero(NodeConversion node, string size) =>
        node.Emit("Mul", [node.Step("Sign", [node.Input(0)]), node.Step("Floor", [size])]);

    private static string Given(NodeConversion node) => node.Scalar(node.Attributes.Number("scalar", 0));

    private static void Compare(NodeConversion node, string operation, bool negates, string right)
    {
        var result = node.Step(operation, [node.Input(0), right]);
        result = negates ? node.Step("Not", [result]) : result;
        node.Emit("Cast", [result], OnnxTypes.To(node.DType()));
    }

    private static void Clip(NodeConversion node)
    {
        if (!node.Attributes.Has("a_min") || !node.Attributes.Has("a_max"))
        {
            throw new Refusal("attributes a_min and a_max are missing");
        }

        node.Emit(
            "Clip",
            [node.Input(0), node.Scalar(node.Attributes.Number("a_min", 0)), node.Scalar(node.Attributes.Number("a_max", 0))]);
    }

    private static void Cast(NodeConversion node)
    {
        var type = Formats.MXNet.MXNetElementTypes.Parse(node.Attributes.Text("dtype"))
            ?? throw NodeConversion.Refuse("dtype", node.Attributes.Text("dtype"));
        node.Emit("Cast", [node.Input(0)], OnnxTypes.To(type));
    }

    // Of float16 and float32 in one place the wider, or the narrower where that is asked for.
    private static void CastTogether(NodeConversion node)
    {
        var types = Enumerable.Range(0, node.Inputs.Count).Select(i => new SymbolValue(null, node.DType(i))).ToList();
        var type = SymbolTypes.Of(node.Node, types, output: 0)!;
        for (var i = 0; i < node.Inputs.Count; i++)
        {
            node.Onnx.Add("Cast", [node.Input(i)], node.Output(i), OnnxTypes.To(type));
        }
    }

    private static void Where(NodeConversion node)
    {
        var condition = node.Step("Cast", [node.Input(0)], OnnxTypes.To("bool"));
        if (node.SizeOrNull()?.Length == 1 && node.Rank(1) > 1)
        {
            condition = node.Unsqueeze(condition, AxisSteps.Axes(1, node.Rank(1) - 1));
        }

        node.Emit("Where", [condition, node.Input(1), node.Input(2)]);
    }

    private static void Fill(NodeConversion node, double value)
    {
        var size = node.Step("Shape", [node.Input(0)]);
        node.Emit("Expand", [node.Scalar(value), size]);
    }
}
