namespace Klever.Formats.MXNet;

/// <summary>Element types by the flags of MXNet (mshadow, <c>base.h</c>).</summary>
internal static class MXNetElementTypes
{
    private static readonly (string Name, int Bytes)[] Types =
    [
        ("float32", 4), ("float64", 8), ("float16", 2), ("uint8", 1), ("int32", 4), ("int8", 1), ("int64", 8), ("bool", 1),
        ("int16", 2), ("uint16", 2), ("uint32", 4), ("uint64", 8), ("bfloat16", 2),
    ];

    /// <summary>The numpy name of a type; null when the flag is not one.</summary>
    public static string? Name(long flag) => flag >= 0 && flag < Types.Length ? Types[flag].Name : null;

    /// <summary>Bytes of one element; null when the flag is not a type.</summary>
    public static int? Bytes(long flag) => flag >= 0 && flag < Types.Length ? Types[flag].Bytes : null;

    /// <summary>The type that an attribute names, by its flag or by its name; null when it is neither.</summary>
    public static string? Parse(string? text) =>
        int.TryParse(text, out var flag) ? Name(flag)
        : Array.Exists(Types, type => type.Name == text) ? text : null;
}
