namespace Klever.Formats.Onnx;

/// <summary>A TypeProto in the words of a signature.</summary>
/// <param name="DType">Such as <c>float32</c>, <c>seq(float32)</c>, <c>map(int64,float32)</c>; null when the file does
/// not say.</param>
/// <param name="Size">Null for an unknown rank and for everything that is not a tensor.</param>
internal readonly record struct OnnxType(string? DType, IReadOnlyList<long>? Size)
{
    public static readonly OnnxType Unknown;

    /// <summary>The type as part of another one.</summary>
    public string Name => DType ?? "undefined";

    public static OnnxType Of(string dType) => new(dType, Size: null);
}
