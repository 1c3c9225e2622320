namespace Klever.Conversion.MXNetToOnnx;

/// <summary>Element types of ONNX (<c>TensorProto.DataType</c>) by numpy name.</summary>
internal static class OnnxTypes
{
    private static readonly Dictionary<string, (int Number, int Bytes)> Types = new(StringComparer.Ordinal)
    {
        ["float32"] = (1, 4),
        ["uint8"] = (2, 1),
        ["int8"] = (3, 1),
        ["uint16"] = (4, 2),
        ["int16"] = (5, 2),
        ["int32"] = (6, 4),
        ["int64"] = (7, 8),
        ["bool"] = (9, 1),
        ["float16"] = (10, 2),
        ["float64"] = (11, 8),
        ["uint32"] = (12, 4),
        ["uint64"] = (13, 8),
        ["bfloat16"] = (16, 2),
    };

    public static int Number(string name) => Types.TryGetValue(name, out var type)
        ? type.Number
        : throw new Refusal($"the element type {Klever.Models.Excerpt.Of(name)} has no counterpart in ONNX");
}
