namespace Klever.Conversion.MXNetToOnnx;

/// <summary>Numbers as elements of a tensor, little-endian.</summary>
internal static class ElementBytes
{
    public static byte[] Of(double value, string dType) => dType switch
    {
        "float32" => BitConverter.GetBytes((float)value),
        "float64" => BitConverter.GetBytes(value),
        "float16" => BitConverter.GetBytes((Half)value),
        "int8" => [(byte)(sbyte)value],
        "uint8" => [(byte)value],
        "int32" => BitConverter.GetBytes((int)value),
        "int64" => BitConverter.GetBytes((long)value),
        _ => throw new Refusal($"a constant of element type {dType} is not written"),
    };
}
