using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Layers with weights, normalisations, activations, and what stands at the end of a network.</summary>
internal static class LayerOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["FullyConnected"] = FullyConnected,
            ["Activation"] = Activation,
            ["LeakyReLU"] = LeakyReLU,
            ["Dropout"] = Dropout,
            ["SoftmaxOutput"] = SoftmaxOutput,
            ["SoftmaxActivation"] = SoftmaxActivation,
            ["softmax"] = node => Softmax(node, "Softmax", node.Input(0)),
            ["log_softmax"] = node => Softmax(node, "LogSoftmax", node.Input(0)),
            ["softmin"] = node => Softmax(node, "Softmax", node.Step("Neg", [node.Input(0)])),
            ["LinearRegressionOutput"] = Same,
            ["MAERegressionOutput"] = Same,
            ["SVMOutput"] = Same,
            ["MakeLoss"] = Same,
            ["BlockGrad"] = Same,
            ["_copy"] = Same,
            ["_identity_with_attr_like_rhs"] = Same,
            ["_contrib_gradientmultiplier"] = Same,
            ["IdentityAttachKLSparseReg"] = Same,
            ["LogisticRegressionOutput"] = node => node.Emit("Sigmoid", [node.Input(0)]),
        };

    public static void Same(NodeConversion node) => node.Emit("Identity", [node.Input(0)]);

    private static void FullyConnected(NodeConversion node)
    {
        var hasBias = !node.Attributes.Flag("no_bias", fallback: false);
        var flattens = node.Attributes.Flag("flatten", fallback: true);
        if (!flattens && node.Rank() != 2)
        {
            var turned = node.Step("Transpose", [node.Input(1)], OnnxAttribute.Of("perm", new long[] { 1, 0 }));
            if (hasBias)
            {
                node.Emit("Add", [node.Step("MatMul", [node.Input(0), turned]), node.Input(2)]);
                return;
            }

            node.Emit("MatMul", [node.Input(0), turned]);
            return;
        }

        var rows = node.SizeOrNull() is { Length: 2 }
            ? node.Input(0)
            : node.Step("Flatten", [node.Input(0)], OnnxAttribute.Of("axis", 1));
        node.Emit("Gemm", hasBias ? [rows, node.Input(1), node.Input(2)] : [rows, node.Input(1)], OnnxAttribute.Of("transB", 1));
    }

    private static void Activation(NodeConversion node)
    {
        var type = node.Attributes.Text("act_type");
        if (type is "log_sigmoid" or "mish")
        {
            ElementwiseOperations.Table[type](node);
            return;
        }

        node.Emit(Activation(type), [node.Input(0)]);
    }

    private static string Activation(string? type) =>
        type switch
        {
            "relu" => "Relu",
            "sigmoid" => "Sigmoid",
            "tanh" => "Tanh",
            "softrelu" => "Softplus",
            "softsign" => "Softsign",
            _ => throw NodeConversion.Refuse("act_type", type),
        };

    private static void LeakyReLU(NodeConversion node)
    {
        const double DefaultSlope = 0.25;
        const double DefaultLower = 0.125;
        const double DefaultUpper = 0.334;
        var slope = node.Attributes.Number("slope", DefaultSlope);
        switch (node.Attributes.Text("act_type"))
        {
            case null or "leaky":
                node.Emit("LeakyRelu", [node.Input(0)], OnnxAttribute.Of("alpha", (float)slope));
                break;
            case "rrelu":
                var lower = node.Attributes.Number("lower_bound", DefaultLower);
                var upper = node.Attributes.Number("upper_bound", DefaultUpper);
                node.Emit("LeakyRelu", [node.Input(0)], OnnxAttribute.Of("alpha", (float)((lower + upper) / 2)));
                break;
            case "elu":
                node.Emit("Elu", [node.Input(0)], OnnxAttribute.Of("alpha", (float)slope));
                break;
            case "selu":
                node.Emit("Selu", [node.Input(0)]);
                break;
            case "prelu":
                node.Emit("PRelu", [node.Input(0), Slopes(node)]);
                break;
            case "gelu":
                Gelu(node);
                break;
            case var type:
                throw NodeConversion.Refuse("act_type", type);
        }
    }

    // One slope for each channel: the axis behind the batch, which ONNX aligns from the right.
    private static string Slopes(NodeConversion node)
    {
        var rank = node.Rank();
        if (rank <= 2 || node.SizeOrNull(1) is not { Length: 1 })
        {
            return node.Input(1);
        }

        return node.Unsqueeze(node.Input(1), AxisSteps.Axes(1, rank - 2));
    }

    private static void Gelu(NodeConversion node)
    {
        var scaled = node.Step("Div", [node.Input(0), node.Scalar(Math.Sqrt(2))]);
        var shifted = node.Step("Add", [node.Step("Erf", [scaled]), node.Scalar(1)]);
        node.Emit("Mul", [node.Step("Mul", [node.Input(0), shifted]), node.Scalar(0.5)]);
    }

    private static void Dropout(NodeConversion node)
    {
        if (node.Attributes.Text("mode") == "always")
        {
            throw NodeConversion.Refuse("mode", "always");
        }

        Same(node);
    }

    private static void SoftmaxOutput(NodeConversion node)
    {
        var rank = node.Rank();
        if (node.Attributes.Flag("multi_output", fallback: false))
        {
            node.Softmax("Softmax", node.Input(0), node.Result, axis: 1, rank);
        }
        else if (node.Attributes.Flag("preserve_shape", fallback: false) || rank <= 2)
        {
            node.Softmax("Softmax", node.Input(0), node.Result, rank - 1, rank);
        }
        else
        {
            FlatSoftmax(node);
        }
    }

    private static void SoftmaxActivation(NodeConversion node)
    {
        var rank = node.Rank();
        if (node.Attributes.Text("mode") == "channel" || rank == 2)
        {
            node.Softmax("Softmax", node.Input(0), node.Result, axis: 1, rank);
            return;
        }

        FlatSoftmax(node);
    }

    // All but the batch together, back in its form afterwards.
    private static void FlatSoftmax(NodeConversion node)
    {
        var flat = node.Step("Flatten", [node.Input(0)], OnnxAttribute.Of("axis", 1));
        var result = node.Step("Softmax", [flat], OnnxAttribute.Of("axis", 1));
        node.Emit("Reshape", [result, node.Step("Shape", [node.Input(0)])]);
    }

    private static void Softmax(NodeConversion node, string operation, string from)
    {
        var type = Formats.MXNet.MXNetElementTypes.Parse(node.Attributes.Text("dtype"));
        if (type is not null && type != node.DType())
        {
            throw NodeConversion.Refuse("dtype", type);
        }

        if (node.Attributes.Has("temperature"))
        {
            from = node.Step("Div", [from, node.Scalar(node.Attributes.Number("temperature", 1))]);
        }

        var axis = node.Axis("axis", -1);
        if (node.Attributes.Flag("use_length", fallback: false))
        {
            SoftmaxOfBeginning(node, operation, from, axis);
            return;
        }

        node.Softmax(operation, from, node.Result, axis, node.Rank());
    }

    // The elements behind the length take no part and come out as 0.
    private static void SoftmaxOfBeginning(NodeConversion node, string operation, string from, int axis)
    {
        var places = node.Unsqueeze(
            node.Places(node.Length(from, axis)), AxisSteps.Axes(1, node.Rank() - axis - 1));
        var isTaken = node.Step("Less", [places, node.Unsqueeze(node.Cast(node.Input(1), "int64"), axis)]);
        var taken = node.Step("Where", [isTaken, from, node.Scalar(double.NegativeInfinity)]);
        var result = node.Between(operation);
        node.Softmax(operation, taken, result, axis, node.Rank());
        node.Emit("Where", [isTaken, result, node.Scalar(0)]);
    }
}
