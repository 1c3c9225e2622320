namespace Klever.Conversion.Onnx;

/// <summary>Element types by their numpy names, and their widths.</summary>
internal static class OnnxElementTypeNames
{
    private static readonly Dictionary<string, OnnxElementType> Types = new(StringComparer.Ordinal)
    {
        ["float32"] = OnnxElementType.Float32,
        ["float64"] = OnnxElementType.Float64,
        ["float16"] = OnnxElementType.Float16,
        ["bfloat16"] = OnnxElementType.BFloat16,
        ["int8"] = OnnxElementType.Int8,
        ["int16"] = OnnxElementType.Int16,
        ["int32"] = OnnxElementType.Int32,
        ["int64"] = OnnxElementType.Int64,
        ["uint8"] = OnnxElementType.UInt8,
        ["uint16"] = OnnxElementType.UInt16,
        ["uint32"] = OnnxElementType.UInt32,
        ["uint64"] = OnnxElementType.UInt64,
        ["bool"] = OnnxElementType.Boolean,
        ["string"] = OnnxElementType.Text,
    };

    /// <summary>Null for a type that ONNX or this writer does not know.</summary>
    public static OnnxElementType? Find(string dType) => Types.TryGetValue(dType, out var type) ? type : null;

    /// <summary>Bytes of one element in raw_data.</summary>
    public static int Width(this OnnxElementType type) => type switch
    {
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Boolean => 1,
        OnnxElementType.UInt16 or OnnxElementType.Int16 or OnnxElementType.Float16 or OnnxElementType.BFloat16 => 2,
        OnnxElementType.Float64 or OnnxElementType.Int64 or OnnxElementType.UInt64 => 8,
        OnnxElementType.Text =>
            throw new ArgumentException("Text has no width; it is not written as raw_data.", nameof(type)),
        _ => 4,
    };
}
