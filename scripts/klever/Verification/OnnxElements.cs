namespace Klever.CommandLine.Verification;

/// <summary>Element types by their numbers in ONNX, their numpy names, and the bytes of one element.</summary>
internal static class OnnxElements
{
    private static readonly (int Number, string Name, int Width)[] Table =
    [
        (1, "float32", 4), (2, "uint8", 1), (3, "int8", 1), (4, "uint16", 2), (5, "int16", 2), (6, "int32", 4), (7, "int64", 8),
        (9, "bool", 1), (10, "float16", 2), (11, "float64", 8), (12, "uint32", 4), (13, "uint64", 8),
    ];

    public static (int Number, int Width) Of(string? name) =>
        Array.Find(Table, type => type.Name == name) is { Width: > 0 } found
            ? (found.Number, found.Width)
            : throw new OnnxRuntimeException($"an input of type {name ?? "unknown"} cannot be made up");

    public static string Name(int number) => Array.Find(Table, type => type.Number == number).Name ?? $"type {number}";
}
