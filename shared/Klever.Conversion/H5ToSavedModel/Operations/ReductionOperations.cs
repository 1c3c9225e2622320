using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel.Operations;

/// <summary>Functions that make one number of many.</summary>
internal static class ReductionOperations
{
    public static IEnumerable<KeyValuePair<string, OperationEmitter>> Rules { get; } =
    [
        .. OperationEmitters.Lines(call => Reduce(call, "Mean", call.Real()), "mean", "reducemean"),
        .. OperationEmitters.Lines(call => Reduce(call, "Sum", call.Own()), "sum", "reducesum"),
        .. OperationEmitters.Lines(call => Reduce(call, "Max", call.Own()), "max", "amax", "reducemax"),
        .. OperationEmitters.Lines(call => Reduce(call, "Min", call.Own()), "min", "amin", "reducemin"),
        .. OperationEmitters.Lines(call => Reduce(call, "Prod", call.Own()), "prod", "reduceprod"),
        .. OperationEmitters.Lines(call => Condition(call, "All"), "all", "reduceall"),
        .. OperationEmitters.Lines(call => Condition(call, "Any"), "any", "reduceany"),
        .. OperationEmitters.Lines(Variance, "var", "reducevariance"),
        .. OperationEmitters.Lines(call => call.Ops.Op("Sqrt", [Variance(call)]), "std", "reducestd"),
        .. OperationEmitters.Lines(LogSumExp, "logsumexp", "reducelogsumexp"),
        .. OperationEmitters.Lines(Norm, "norm"),
        .. OperationEmitters.Lines(Normalize, "l2normalize", "normalize"),
        .. OperationEmitters.Lines(call => ArgMax(call, "ArgMax"), "argmax"),
        .. OperationEmitters.Lines(call => ArgMax(call, "ArgMin"), "argmin"),
        .. OperationEmitters.Lines(CumulativeSum, "cumsum"),
    ];

    private static string Reduce(OperationEmission call, string op, string value) =>
        call.Ops.Reduce(op, value, Axes(call), call.Operation.KeepsDimensions());

    private static string Condition(OperationEmission call, string op)
    {
        call.OutputType = TfType.Boolean;
        return call.Layer.Ops.Truth(op, call.Truth(call.Value()), Axes(call), call.Operation.KeepsDimensions());
    }

    private static string Variance(OperationEmission call)
    {
        var value = call.Real();
        var mean = call.Ops.Reduce("Mean", value, Axes(call), keepsDimensions: true);
        return Reduce(call, "Mean", call.Ops.Op("SquaredDifference", [value, mean]));
    }

    private static string LogSumExp(OperationEmission call)
    {
        var value = call.Real();
        var ops = call.Ops;
        var largest = ops.Reduce("Max", value, Axes(call), keepsDimensions: true);
        var sum = ops.Op("Log", [Reduce(call, "Sum", ops.Op("Exp", [ops.Sub(value, largest)]))]);
        return ops.Add(sum, call.Operation.KeepsDimensions() ? largest : Reduce(call, "Max", value));
    }

    private static string Norm(OperationEmission call)
    {
        if (call.Operation.Find(1, "ord") is { } order && order.Text is not "euclidean" && order.Number is not 2)
        {
            throw call.Refuse("it is converted for the Euclidean norm");
        }

        var value = call.Real();
        return call.Ops.Op("Sqrt", [Reduce(call, "Sum", call.Ops.Op("Square", [value]))]);
    }

    // TensorFlow bounds the sum of squares from below, Keras 3 its root.
    private static string Normalize(OperationEmission call)
    {
        if (call.Operation.Find(-1, "order", "ord")?.Number is not (null or 2) || IsPair(call))
        {
            throw call.Refuse("it is converted for the Euclidean norm");
        }

        var value = call.Real();
        var ops = call.Ops;
        var axes = call.Operation.Name == "normalize" && call.Operation.Find(1, "axis") is null
            ? [call.SizeOf(call.Value()).Count - 1]
            : Axes(call);
        var epsilon = (float)(call.Operation.Find(-1, "epsilon")?.Number ?? 1e-12);
        var bound = call.Operation.Name == "normalize" ? epsilon * epsilon : epsilon;
        var squares = ops.Reduce("Sum", ops.Op("Square", [value]), axes, keepsDimensions: true);
        return ops.Mul(value, ops.Op("Rsqrt", [ops.Op("Maximum", [squares, ops.Number(bound)])]));
    }

    // tf.linalg.normalize gives the norms too.
    private static bool IsPair(OperationEmission call) => call.Operation.Name == "normalize" && call.Layer.Layer.ClassName == "TFOpLambda";

    private static string ArgMax(OperationEmission call, string op)
    {
        var value = call.Own();
        var rank = call.SizeOf(call.Value()).Count;
        var isKeras3 = call.Layer.Version.Major > 2 && call.Operation.Find(-1, "output_type") is null;
        if (call.Operation.KeepsDimensions()
            || call.Operation.Axis(rank, otherwise: isKeras3 ? -99 : 0) is not { } axis)
        {
            throw call.Refuse("it is converted along one axis, which goes");
        }

        call.OutputType = TfType.Int64;
        return call.Ops.Op(op, [value, call.Layer.Ops.Integer(axis)], TfAttribute.Type("Tidx", TfType.Int32));
    }

    private static string CumulativeSum(OperationEmission call)
    {
        var value = call.Own();
        var axis = call.Operation.Axis(call.SizeOf(call.Value()).Count, otherwise: 0) ?? throw call.Refuse("its axis does not fit its input");
        TfAttribute[] switches =
        [
            .. call.Operation.Find(-1, "exclusive")?.IsTrue == true ? [TfAttribute.Flag("exclusive", flag: true)] : (TfAttribute[])[],
            .. call.Operation.Find(-1, "reverse")?.IsTrue == true ? [TfAttribute.Flag("reverse", flag: true)] : (TfAttribute[])[],
        ];
        return call.Ops.Op("Cumsum", [value, call.Layer.Ops.Integer(axis)], [TfAttribute.Type("Tidx", TfType.Int32), .. switches]);
    }

    private static IReadOnlyList<long> Axes(OperationEmission call) =>
        call.Operation.Axes(call.SizeOf(call.Value()).Count) is { } axes
            ? [.. axes.Select(axis => (long)axis)]
            : throw call.Refuse("its axes do not fit its input");
}
