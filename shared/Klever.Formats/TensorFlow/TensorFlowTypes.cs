namespace Klever.Formats.TensorFlow;

/// <summary>TensorFlow's DataType (types.proto) as numpy names.</summary>
internal static class TensorFlowTypes
{
    /// <summary>References to a variable have the number of their type and this.</summary>
    private const int ReferenceOffset = 100;

    private static readonly string?[] Names =
    [
        null, "float32", "float64", "int32", "uint8", "int16", "int8", "string", "complex64", "int64", "bool",
        "qint8", "quint8", "qint32", "bfloat16", "qint16", "quint16", "uint16", "complex128", "float16", "resource",
        "variant", "uint32", "uint64", "float8_e5m2", "float8_e4m3fn", "float8_e4m3fnuz", "float8_e4m3b11fnuz",
        "float8_e5m2fnuz", "int4", "uint4", "int2", "uint2",
    ];

    /// <summary>Null for 0 (invalid) and for types that were added to TensorFlow since.</summary>
    public static string? Name(long number)
    {
        var index = number > ReferenceOffset ? number - ReferenceOffset : number;
        return index >= 0 && index < Names.Length ? Names[index] : null;
    }
}
