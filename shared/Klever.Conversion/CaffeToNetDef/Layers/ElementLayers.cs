namespace Klever.Conversion.CaffeToNetDef.Layers;

/// <summary>Layers that work on single elements.</summary>
internal static class ElementLayers
{
    public static readonly IReadOnlyDictionary<string, Action<LayerConversion>> Table =
        new Dictionary<string, Action<LayerConversion>>
        {
            ["ReLU"] = ReLU,
            ["ReLU6"] = layer => layer.Emit("Clip", [layer.Input], NetArgument.Of("min", 0f), NetArgument.Of("max", 6f)),
            ["Clip"] = layer => layer.Emit(
                "Clip",
                [layer.Input],
                NetArgument.Of("min", (float)(layer.Parameter("clip_param").Number("min") ?? float.MinValue)),
                NetArgument.Of("max", (float)(layer.Parameter("clip_param").Number("max") ?? float.MaxValue))),
            ["Sigmoid"] = layer => layer.Emit("Sigmoid", [layer.Input]),
            ["TanH"] = layer => layer.Emit("Tanh", [layer.Input]),
            ["AbsVal"] = layer => layer.Emit("Abs", [layer.Input]),
            ["BNLL"] = layer => layer.Emit("Softplus", [layer.Input]),
            ["ELU"] = layer => layer.Emit(
                "Elu", [layer.Input], NetArgument.Of("alpha", (float)(layer.Parameter("elu_param").Number("alpha") ?? 1))),
            ["Swish"] = Swish,
            ["Power"] = Power,
            ["Exp"] = layer => layer.Emit("Exp", [Affine(layer, "exp_param", isInside: true)]),
            ["Log"] = Log,
            ["Dropout"] = layer => layer.Add(
                "Dropout",
                [layer.Input],
                [layer.Output, layer.Helper("_mask")],
                NetArgument.Of("ratio", (float)(layer.Parameter("dropout_param").Number("dropout_ratio") ?? 0.5)),
                NetArgument.Of("is_test", 1)),
            ["Eltwise"] = Eltwise,
            ["Axpy"] = Axpy,
            ["Split"] = Split,
        };

    private static void ReLU(LayerConversion layer)
    {
        var slope = layer.Parameter("relu_param").Number("negative_slope") ?? 0;
        if (slope == 0)
        {
            layer.Emit("Relu", [layer.Input]);
            return;
        }

        layer.Emit("LeakyRelu", [layer.Input], NetArgument.Of("alpha", (float)slope));
    }

    private static void Swish(LayerConversion layer)
    {
        var beta = layer.Parameter("swish_param").Number("beta") ?? 1;
        var scaled = beta == 1 ? layer.Input : Constant(layer, "Mul", layer.Input, beta, "_beta");
        layer.Emit("Mul", [layer.Input, layer.Step("Sigmoid", [scaled])]);
    }

    // (shift + scale × x) ^ power
    private static void Power(LayerConversion layer)
    {
        var power = layer.Parameter("power_param").Number("power") ?? 1;
        var inner = Affine(layer, "power_param", isInside: false);
        if (power == 1)
        {
            layer.Emit("Copy", [inner]);
            return;
        }

        layer.Emit("Pow", [inner], NetArgument.Of("exponent", (float)power));
    }

    // log base b of (shift + scale × x)
    private static void Log(LayerConversion layer)
    {
        var @base = layer.Parameter("log_param").Number("base") ?? -1;
        var inner = Affine(layer, "log_param", isInside: false);
        if (@base <= 0)
        {
            layer.Emit("Log", [inner]);
            return;
        }

        var natural = layer.Step("Log", [inner]);
        layer.Emit("Mul", [natural, layer.Weight("_base", [(float)(1 / Math.Log(@base))])], NetArgument.Of("broadcast", 1));
    }

    /// <summary>shift + scale × x; with a base, times its logarithm, so that e to that power is what is
    /// meant.</summary>
    private static string Affine(LayerConversion layer, string parameterName, bool isInside)
    {
        var parameters = layer.Parameter(parameterName);
        var factor = isInside && parameters.Number("base") is > 0 and var @base ? Math.Log(@base) : 1;
        var (scale, shift) = ((parameters.Number("scale") ?? 1) * factor, (parameters.Number("shift") ?? 0) * factor);
        var scaled = scale == 1 ? layer.Input : Constant(layer, "Mul", layer.Input, scale, "_factor");
        return shift == 0 ? scaled : Constant(layer, "Add", scaled, shift, "_shift");
    }

    private static string Constant(LayerConversion layer, string type, string from, double value, string ending) =>
        layer.Step(type, [from, layer.Weight(ending, [(float)value])], NetArgument.Of("broadcast", 1));

    private static void Eltwise(LayerConversion layer)
    {
        var parameters = layer.Parameter("eltwise_param");
        switch (parameters.Text("operation"))
        {
            case "PROD" or "0":
                var product = layer.Inputs.Skip(1).SkipLast(1)
                    .Aggregate(layer.Input, (left, right) => layer.Step("Mul", [left, right]));
                layer.Emit("Mul", [product, layer.Inputs[^1]]);
                break;
            case "MAX" or "2":
                layer.Emit("Max", layer.Inputs);
                break;
            case null or "SUM" or "1":
                Sum(layer, parameters.Numbers("coeff"));
                break;
            case var other:
                throw new LayerRefusal($"operation = {other} is not supported");
        }
    }

    private static void Sum(LayerConversion layer, IReadOnlyList<double> coefficients)
    {
        if (coefficients.Count != 0 && coefficients.Count != layer.Inputs.Count)
        {
            throw new LayerRefusal($"there are {coefficients.Count} coefficients for {layer.Inputs.Count} bottoms");
        }

        if (coefficients is [1, -1])
        {
            layer.Emit("Sub", layer.Inputs);
            return;
        }

        layer.Emit("Sum", [.. layer.Inputs.Select((input, i) =>
            coefficients.Count == 0 || coefficients[i] == 1 ? input : Constant(layer, "Mul", input, coefficients[i], "_coeff"))]);
    }

    // a × x + y, with one a for each channel of each image.
    private static void Axpy(LayerConversion layer)
    {
        if (layer.Inputs is not [var factors, var x, var y])
        {
            throw new LayerRefusal("it takes three blobs");
        }

        var rows = layer.Helper("_rows");
        layer.Add("Reshape", [factors], [rows, layer.Helper("_dims")], NetArgument.Of("shape", new long[] { 0, -1 }));
        var product = layer.Step("Mul", [x, rows], NetArgument.Of("broadcast", 1), NetArgument.Of("axis", 0));
        layer.Emit("Add", [product, y]);
    }

    private static void Split(LayerConversion layer)
    {
        foreach (var output in layer.Outputs)
        {
            layer.Add("Copy", [layer.Input], [output]);
        }
    }
}
