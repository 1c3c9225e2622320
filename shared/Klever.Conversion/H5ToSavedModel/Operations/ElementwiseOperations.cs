using Klever.Conversion.H5ToSavedModel.Layers;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel.Operations;

/// <summary>Functions of each element.</summary>
internal static class ElementwiseOperations
{
    /// <summary>Operations of TensorFlow on real numbers, by the names of functions.</summary>
    private static readonly (string Op, string[] Names)[] OnReals =
    [
        ("Ceil", ["ceil"]), ("Cos", ["cos"]), ("Elu", ["elu"]), ("Erf", ["erf"]), ("Exp", ["exp"]), ("Expm1", ["expm1"]), ("Floor", ["floor"]),
        ("Log", ["log"]), ("Log1p", ["log1p"]), ("LogSoftmax", ["logsoftmax"]), ("Reciprocal", ["reciprocal"]), ("Relu6", ["relu6"]),
        ("Round", ["round"]), ("Rsqrt", ["rsqrt"]), ("Selu", ["selu"]), ("Sigmoid", ["sigmoid"]), ("Sin", ["sin"]), ("Softplus", ["softplus"]),
        ("Softsign", ["softsign"]), ("Sqrt", ["sqrt"]), ("Tanh", ["tanh"]),
    ];

    /// <summary>Operations of TensorFlow on whole numbers too.</summary>
    private static readonly (string Op, string[] Names)[] OnNumbers =
    [
        ("Abs", ["abs", "absolute"]), ("Neg", ["neg", "negative"]), ("OnesLike", ["oneslike"]), ("Sign", ["sign"]), ("Square", ["square"]),
        ("ZerosLike", ["zeroslike"]),
    ];

    /// <summary>Functions that are activations by other names.</summary>
    private static readonly (string Activation, string[] Names)[] Activating =
    [
        ("hard_sigmoid", ["hardsigmoid"]), ("hard_silu", ["hardsilu", "hardswish"]), ("log_sigmoid", ["logsigmoid"]), ("mish", ["mish"]),
        ("swish", ["silu", "swish"]),
    ];

    public static IEnumerable<KeyValuePair<string, OperationEmitter>> Rules { get; } =
    [
        .. OnReals.SelectMany(one => OperationEmitters.Lines(call => Apply(call.Real(), call, one.Op), one.Names)),
        .. OnNumbers.SelectMany(one => OperationEmitters.Lines(call => Apply(call.Own(), call, one.Op), one.Names)),
        .. Activating.SelectMany(one => OperationEmitters.Lines(call => Activate(call, one.Activation), one.Names)),
        .. OperationEmitters.Lines(call => call.Own(), "ensureshape", "identity", "stopgradient"),
        .. OperationEmitters.Lines(Cast, "cast"),
        .. OperationEmitters.Lines(Clip, "clip", "clipbyvalue"),
        .. OperationEmitters.Lines(Gelu, "gelu"),
        .. OperationEmitters.Lines(LeakyRelu, "leakyrelu"),
        .. OperationEmitters.Lines(Relu, "relu"),
        .. OperationEmitters.Lines(Softmax, "softmax"),
    ];

    private static string Apply(string value, OperationEmission call, string op) => op switch
    {
        "LogSoftmax" when !IsLastAxis(call) => throw call.Refuse("it is converted along the last axis"),
        "Elu" when call.Operation.Find(1, "alpha")?.Number is not (null or 1) => throw call.Refuse("it is converted with an alpha of 1"),
        _ => call.Ops.Op(op, [value]),
    };

    private static string Activate(OperationEmission call, string activation)
    {
        var value = call.Real();
        return Activations.Apply(call.Layer, call.Ops, value, activation);
    }

    // Real numbers of any precision are float32 here.
    private static string Cast(OperationEmission call)
    {
        var name = call.Operation.Type(1, "dtype", "DstT");
        var type = KerasTypes.Of(name) ?? throw call.Refuse($"it casts to {name ?? "an unknown type"}, which is not converted");
        type = type is TfType.Half or TfType.BFloat16 or TfType.Double ? TfType.Float : type;
        call.Own();
        call.OutputType = type;
        return call.Layer.Ops.Of(type).CastTo(call.Value().Tensor, call.Type);
    }

    private static string Clip(OperationEmission call)
    {
        var low = call.Required(1, "clip_value_min", "x_min", "min_value");
        var high = call.Required(2, "clip_value_max", "x_max", "max_value");
        var all = call.Together([call.Required(0, "t", "x"), low, high]);
        return call.Ops.Op("Minimum", [call.Ops.Op("Maximum", [all[0], all[1]]), all[2]]);
    }

    // Keras 3 says approximate when nothing is said, TensorFlow the opposite.
    private static string Gelu(OperationEmission call)
    {
        var value = call.Real();
        var isApproximate = call.Operation.Find(1, "approximate") is { } given
            ? given.IsTrue
            : call.Layer.Version.Major > 2 && call.Layer.Layer.ClassName != "TFOpLambda";
        return isApproximate ? Activations.ApproximateGelu(call.Ops, value) : Activations.Apply(call.Layer, call.Ops, value, "gelu");
    }

    private static string LeakyRelu(OperationEmission call)
    {
        var value = call.Real();
        var slope = call.Operation.Find(1, "alpha", "negative_slope") is { } given
            ? given.Number ?? throw call.Refuse("its slope is no number")
            : 0.2;
        return call.Ops.Op("LeakyRelu", [value], TfAttribute.Real("alpha", (float)slope));
    }

    // Keras' own has three settings more, the one of TensorFlow none.
    private static string Relu(OperationEmission call)
    {
        var value = call.Own();
        var isPlain = call.Operation.Find(-1, "alpha", "negative_slope")?.Number is null or 0
            && call.Operation.Find(-1, "max_value")?.Number is null && call.Operation.Find(-1, "threshold")?.Number is null or 0;
        return isPlain ? call.Ops.Op("Relu", [value]) : throw call.Refuse("it has settings; put the layer ReLU in its place");
    }

    private static string Softmax(OperationEmission call)
    {
        var value = call.Real();
        return IsLastAxis(call)
            ? call.Ops.Op("Softmax", [value])
            : ActivationLayers.Softmax(call.Ops, value, [AxisOf(call)]);
    }

    private static bool IsLastAxis(OperationEmission call) => call.Value().Size is null
        ? call.Operation.Find(1, "axis") is null || call.Operation.Find(1, "axis")?.Integer == -1
        : AxisOf(call) == call.Value().Size!.Count - 1;

    private static int AxisOf(OperationEmission call) =>
        call.Operation.Axis(call.SizeOf(call.Value()).Count, otherwise: -1)
            ?? throw call.Refuse("its axis does not fit its input");
}
