using Klever.Conversion.Onnx;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Operators that look at one element of one input at a time.</summary>
internal static class ElementwiseTranslations
{
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["Abs"] = "Abs",
        ["Acos"] = "Acos",
        ["Alias"] = "Identity",
        ["Asin"] = "Asin",
        ["Atan"] = "Atan",
        ["Ceil"] = "Ceil",
        ["Copy"] = "Identity",
        ["CopyCPUToGPU"] = "Identity",
        ["CopyFromCPUInput"] = "Identity",
        ["CopyGPUToCPU"] = "Identity",
        ["Cos"] = "Cos",
        ["Cosh"] = "Cosh",
        ["EnsureCPUOutput"] = "Identity",
        ["EnsureDense"] = "Identity",
        ["Erf"] = "Erf",
        ["Exp"] = "Exp",
        ["Floor"] = "Floor",
        ["Log"] = "Log",
        ["Neg"] = "Neg",
        ["Negative"] = "Neg",
        ["Not"] = "Not",
        ["Reciprocal"] = "Reciprocal",
        ["Relu"] = "Relu",
        ["Sigmoid"] = "Sigmoid",
        ["Sign"] = "Sign",
        ["Sin"] = "Sin",
        ["Sinh"] = "Sinh",
        ["Softplus"] = "Softplus",
        ["Softsign"] = "Softsign",
        ["Sqrt"] = "Sqrt",
        ["StopGradient"] = "Identity",
        ["Tan"] = "Tan",
        ["Tanh"] = "Tanh",
    };

    public static IEnumerable<KeyValuePair<string, NetTranslator>> Table =>
    [
        .. Renamed.Select(pair => KeyValuePair.Create<string, NetTranslator>(
            pair.Key, t => t.Graph.Add(pair.Value, t.Inputs, t.Output))),
        new("Elu", t => WithNumbers(t, "Elu", ("alpha", "alpha", 1))),
        new("LeakyRelu", t => WithNumbers(t, "LeakyRelu", ("alpha", "alpha", 0.01f))),
        new("Selu", t => WithNumbers(
            t, "Selu", ("alpha", "alpha", 1.6732632423543772f), ("gamma", "scale", 1.0507009873554805f))),
        new("HardSigmoid", t => WithNumbers(t, "HardSigmoid", ("alpha", "alpha", 0.2f), ("beta", "beta", 0.5f))),
        new("ThresholdedRelu", t => WithNumbers(t, "ThresholdedRelu", ("alpha", "alpha", 1))),
        new("Clip", Clip),
        new("Sqr", t => t.Graph.Add("Mul", [t.Inputs[0], t.Inputs[0]], t.Output)),
        new("Cube", t => t.Graph.Add("Pow", [t.Inputs[0], t.Graph.Scalar(3)], t.Output)),
        new("Rsqrt", t => t.Graph.Add(
            "Reciprocal", [t.Graph.Add("Sqrt", t.Inputs, t.Graph.Between(t.Output, "sqrt"))], t.Output)),
        new("Swish", t => t.Graph.Add(
            "Mul", [t.Inputs[0], t.Graph.Add("Sigmoid", t.Inputs, t.Graph.Between(t.Output, "sigmoid"))], t.Output)),
        new("Scale", t => t.Graph.Add("Mul", [t.Inputs[0], t.Graph.Scalar(t.Number("scale", 1))], t.Output)),
        new("Dropout", Dropout),
        new("Cast", Cast),
        new("PRelu", PRelu),
    ];

    private static void WithNumbers(
        NetTranslation t, string type, params (string Attribute, string Argument, float Otherwise)[] numbers) =>
        t.Graph.Add(type, t.Inputs, t.Output, [.. numbers.Select(
            number => OnnxAttribute.Of(number.Attribute, t.Number(number.Argument, number.Otherwise)))]);

    private static void Clip(NetTranslation t)
    {
        var lowest = t.Graph.Scalar(t.Number("min", float.MinValue));
        var highest = t.Graph.Scalar(t.Number("max", float.MaxValue));
        t.Graph.Add("Clip", [t.Inputs[0], lowest, highest], t.Output);
    }

    // It does nothing where a model is served; its mask is of no use then.
    private static void Dropout(NetTranslation t)
    {
        if (t.IsWanted(1))
        {
            t.Refuse("its mask is taken by another operator");
        }

        t.Graph.Add("Identity", t.Inputs, t.Output);
    }

    private static void Cast(NetTranslation t)
    {
        var name = t.Operator.Text("to");
        var type = name.Length > 0
            ? Formats.NetDef.FillOperators.TypeName(name)
            : Formats.NetDef.FillOperators.TypeName(t.Operator.Integer("to"));
        if (type is null || OnnxElementTypeNames.Find(type) is not { } element)
        {
            t.Refuse($"it casts to \"{name}\", which is not a type of ONNX");
            return;
        }

        t.Graph.Add("Cast", t.Inputs, t.Output, OnnxAttribute.Of("to", (long)element));
    }

    // The slope is of the channels, axis 1; ONNX aligns it at the last axis.
    private static void PRelu(NetTranslation t)
    {
        if (t.Rank(0) is not { } rank || t.Size(1) is not [var count])
        {
            t.RefuseUnknown("the rank of its input is not known");
            return;
        }

        var slope = rank <= 2 || count == 1
            ? t.Inputs[1]
            : t.Graph.Unsqueeze(
                t.Inputs[1],
                [.. Enumerable.Range(1, rank - 2).Select(axis => (long)axis)],
                t.Graph.Between(t.Output, "slope"));
        t.Graph.Add("PRelu", [t.Inputs[0], slope], t.Output);
    }
}
