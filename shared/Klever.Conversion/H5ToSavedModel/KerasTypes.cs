using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Element types of Keras and of TensorFlow. A model computes in float32, whatever its policy: other types are cast where they
/// come in and go out, since TensorFlow on a processor has few operations in half precision.</summary>
internal static class KerasTypes
{
    private static readonly Dictionary<string, TfType> Names = new(StringComparer.Ordinal)
    {
        ["float32"] = TfType.Float,
        ["float64"] = TfType.Double,
        ["float16"] = TfType.Half,
        ["bfloat16"] = TfType.BFloat16,
        ["int8"] = TfType.Int8,
        ["int16"] = TfType.Int16,
        ["int32"] = TfType.Int32,
        ["int64"] = TfType.Int64,
        ["uint8"] = TfType.UInt8,
        ["uint16"] = TfType.UInt16,
        ["uint32"] = TfType.UInt32,
        ["uint64"] = TfType.UInt64,
        ["bool"] = TfType.Boolean,
    };

    /// <summary>Layers that give integers as they got them.</summary>
    private static readonly HashSet<string> Arrangements =
    [
        "Add", "Concatenate", "Cropping1D", "Cropping2D", "Cropping3D", "Flatten", "Identity", "Maximum", "Minimum", "Multiply",
        "Permute", "RepeatVector", "Reshape", "Subtract", "TimeDistributed",
    ];

    /// <summary>Null for a type that no tensor of ours has, such as text.</summary>
    public static TfType? Of(string? name) => name is not null && Names.TryGetValue(name, out var type) ? type : null;

    public static string Name(TfType type) => Names.First(pair => pair.Value == type).Key;

    /// <summary>The type in which a layer works on these inputs: their own for one that only arranges integers, else float32.</summary>
    public static TfType WorkingType(string className, IReadOnlyList<GraphValue> inputs)
    {
        var first = inputs[0].Type;
        return className == "Embedding" || (Arrangements.Contains(className) && inputs.All(input => input.Type == first))
            ? first
            : TfType.Float;
    }
}
