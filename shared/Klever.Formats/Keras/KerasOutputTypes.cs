using Klever.Formats.Keras.Operations;

namespace Klever.Formats.Keras;

/// <summary>The element type of a layer's outputs: that in which the layer computes, except where whole numbers pass
/// through or come out.</summary>
internal static class KerasOutputTypes
{
    private static readonly HashSet<string> Lookups =
        ["TextVectorization", "StringLookup", "IntegerLookup", "Hashing", "Discretization", "HashedCrossing"];

    /// <summary>Layers that only arrange elements, and so keep integers and text.</summary>
    private static readonly HashSet<string> Arrangements =
    [
        "Flatten", "Reshape", "Permute", "RepeatVector", "Concatenate", "Add", "Subtract", "Multiply", "Maximum",
        "Minimum", "ZeroPadding1D",
        "ZeroPadding2D", "ZeroPadding3D", "Cropping1D", "Cropping2D", "Cropping3D", "Identity", "Masking", "Lambda",
        "MaxPooling1D",
        "MaxPooling2D", "GlobalMaxPooling1D", "GlobalMaxPooling2D", "UpSampling1D",
    ];

    public static string Infer(KerasCall call)
    {
        var className = call.Layer.ClassName;
        if (Lookups.Contains(className) && call.Config.Text("output_mode") is null or "int")
        {
            return KerasDType.Name(call.Config.Find("dtype")) is { } dtype
                && dtype.Contains("int", StringComparison.Ordinal)
                ? dtype
                : "int64";
        }

        if (KerasOperation.Is(call.Layer) && OperationTypes.Of(KerasOperation.Of(call.Layer, call.Node), call.Inputs) is { } type)
        {
            return type;
        }

        var input = call.Inputs.Count == 0 ? null : call.Inputs[0].DType;
        if (Arrangements.Contains(className) && !KerasOperation.Is(call.Layer) && !KerasDType.IsFloat(input))
        {
            return input!;
        }

        var own = KerasDType.Name(call.Config.Find("dtype"));
        return own is not null && own != "string" ? own : KerasDType.IsFloat(input) ? input
            ?? KerasDType.Default : KerasDType.Default;
    }
}
