namespace Klever.Models;

/// <summary>From the type names of ormbfiles, which are numpy's, to those of requests (Open Inference Protocol v2, Tensor Data Types; BF16 is
/// Triton's addition).</summary>
public static class InferenceDataTypes
{
    /// <summary>Text, and what else has no size of its own.</summary>
    public const string Bytes = "BYTES";

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
        ["str"] = Bytes,
        ["string"] = Bytes,
        ["object"] = Bytes,
        ["bytes"] = Bytes,
    };

    /// <returns>Null when requests know no such type.</returns>
    public static string? Find(string? dType) => Names.GetValueOrDefault(dType ?? "");

    /// <summary>Whether values of it travel as binary data only: Triton takes no half precision from JSON.</summary>
    public static bool IsBinaryOnly(string? dType) => Find(dType) is "FP16" or "BF16";
}
