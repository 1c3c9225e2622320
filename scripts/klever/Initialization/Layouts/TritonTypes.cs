namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>From the type names of ormbfiles, which are numpy's, to Triton's without <c>TYPE_</c>.</summary>
internal static class TritonTypes
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bool"] = "BOOL",
        ["bool_"] = "BOOL",
        ["uint8"] = "UINT8",
        ["uint16"] = "UINT16",
        ["uint32"] = "UINT32",
        ["uint64"] = "UINT64",
        ["int8"] = "INT8",
        ["int16"] = "INT16",
        ["int32"] = "INT32",
        ["int64"] = "INT64",
        ["float16"] = "FP16",
        ["half"] = "FP16",
        ["float32"] = "FP32",
        ["float"] = "FP32",
        ["float64"] = "FP64",
        ["double"] = "FP64",
        ["bfloat16"] = "BF16",
        ["str"] = "STRING",
        ["string"] = "STRING",
        ["object"] = "STRING",
        ["bytes"] = "STRING",
    };

    public static string? Find(string? dType) => Names.GetValueOrDefault(dType ?? "");
}
