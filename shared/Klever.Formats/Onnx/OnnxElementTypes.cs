namespace Klever.Formats.Onnx;

/// <summary>TensorProto.DataType as numpy names.</summary>
internal static class OnnxElementTypes
{
    private static readonly string?[] Names =
    [
        null, "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "float64",
        "uint32", "uint64", "complex64", "complex128", "bfloat16", "float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2",
        "float8_e5m2fnuz", "uint4", "int4", "float4_e2m1fn", "float8_e8m0fnu", "uint2", "int2",
    ];

    /// <summary>Null for 0 (undefined) and for types that were added to ONNX since.</summary>
    public static string? Name(long number) => number >= 0 && number < Names.Length ? Names[number] : null;
}
