using System.Text.Json;

namespace Klever.Formats.Keras;

/// <summary>Names of element types, and the policies that stand where a type is expected.</summary>
internal static class KerasDType
{
    public const string Default = "float32";

    private static readonly HashSet<string> Names =
    [
        "float16", "float32", "float64", "bfloat16", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32",
        "uint64",
        "bool", "string", "complex64", "complex128",
    ];

    /// <summary>The type in which a layer with this setting computes, or null when the setting does not say.</summary>
    /// <param name="dtype">A name, or a policy: <c>{"class_name": "DTypePolicy", "config": {"name":
    /// "mixed_float16"}}</c>.</param>
    public static string? Name(JsonElement? dtype)
    {
        var name = dtype switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Object } policy => new KerasConfig(policy).Inner("config").Text("name"),
            _ => null,
        };
        if (name is null)
        {
            return null;
        }

        var quantized = name.LastIndexOf("_from_", StringComparison.Ordinal);
        name = quantized < 0 ? name : name[(quantized + "_from_".Length)..];
        name = name.StartsWith("mixed_", StringComparison.Ordinal) ? name["mixed_".Length..] : name;
        return Names.Contains(name) ? name : null;
    }

    /// <summary>The type of an input: under a mixed policy inputs stay <c>float32</c>.</summary>
    public static string OfInput(KerasConfig config)
    {
        var dtype = config.Find("dtype") ?? config.Find("input_dtype");
        return dtype is { ValueKind: JsonValueKind.Object } ? Default : Name(dtype) ?? Default;
    }

    public static bool IsFloat(string? dtype) => dtype is null || dtype.Contains("float", StringComparison.Ordinal);
}
