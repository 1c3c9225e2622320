using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel.Operations;

/// <summary>Arithmetic and comparisons of two tensors, or of a tensor and a constant on either side.</summary>
internal static class BinaryOperations
{
    private static readonly (string Op, string[] Names)[] Arithmetic =
    [
        ("AddV2", ["add", "addv2", "biasadd"]), ("Sub", ["sub", "subtract"]), ("Mul", ["mul", "multiply"]), ("FloorDiv", ["floordiv", "floordivide"]),
        ("FloorMod", ["floormod", "mod"]), ("Maximum", ["maximum"]), ("Minimum", ["minimum"]), ("Pow", ["pow", "power"]),
        ("SquaredDifference", ["squareddifference"]),
    ];

    private static readonly (string Op, string[] Names)[] Division =
        [("RealDiv", ["div", "divide", "realdiv", "truediv", "truedivide"]), ("DivNoNan", ["dividenonan", "divnonan"])];

    private static readonly (string Op, string[] Names)[] Comparisons =
    [
        ("Equal", ["eq", "equal"]), ("Greater", ["greater"]), ("GreaterEqual", ["greaterequal"]), ("Less", ["less"]), ("LessEqual", ["lessequal"]),
        ("NotEqual", ["ne", "notequal"]),
    ];

    public static IEnumerable<KeyValuePair<string, OperationEmitter>> Rules { get; } =
    [
        .. Arithmetic.SelectMany(one => OperationEmitters.Lines(call => Apply(call, one.Op, isReal: false), one.Names)),
        .. Division.SelectMany(one => OperationEmitters.Lines(call => Apply(call, one.Op, isReal: true), one.Names)),
        .. Comparisons.SelectMany(one => OperationEmitters.Lines(call => Compare(call, one.Op), one.Names)),
        .. OperationEmitters.Lines(call => Both(call, "LogicalAnd"), "logicaland"),
        .. OperationEmitters.Lines(call => Both(call, "LogicalOr"), "logicalor"),
        .. OperationEmitters.Lines(call => call.Layer.Ops.Typed("LogicalNot", [Truth(call, 0)]), "logicalnot"),
        .. OperationEmitters.Lines(Sum, "addn"),
    ];

    private static string Apply(OperationEmission call, string op, bool isReal)
    {
        if (call.Operation.Name == "biasadd" && call.Operation.Find(-1, "data_format")?.Text is { } format
            && format.StartsWith("NC", StringComparison.Ordinal))
        {
            throw call.Refuse("it adds to the channels in front, which is not converted");
        }

        var all = call.Together(Operands(call), isReal);
        return call.Ops.Op(op, [all[0], all[1]]);
    }

    private static string Compare(OperationEmission call, string op)
    {
        var all = call.Together(Operands(call));
        call.OutputType = TfType.Boolean;
        return call.Ops.Op(op, [all[0], all[1]]);
    }

    private static KerasArgument[] Operands(OperationEmission call) =>
        [call.Required(0, "x", "a", "x1", "value", "self"), call.Required(1, "y", "b", "x2", "bias", "other")];

    private static string Both(OperationEmission call, string op) => call.Layer.Ops.Typed(op, [Truth(call, 0), Truth(call, 1)]);

    private static string Truth(OperationEmission call, int position)
    {
        call.OutputType = TfType.Boolean;
        return call.Truth(position == 0 ? call.Value(0, "x", "x1") : call.Value(1, "y", "x2"));
    }

    private static string Sum(OperationEmission call)
    {
        var all = call.Together(call.Operation.Tensors());
        return all.Aggregate((left, right) => call.Ops.Op("AddV2", [left, right]));
    }
}
