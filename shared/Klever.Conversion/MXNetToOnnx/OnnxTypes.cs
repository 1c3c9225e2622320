using Klever.Conversion.Onnx;
using Klever.Models;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>Element types of MXNet as those of ONNX.</summary>
internal static class OnnxTypes
{
    /// <exception cref="Refusal">ONNX has no such type.</exception>
    public static OnnxElementType Of(string dType) =>
        OnnxElementTypeNames.Find(dType) ?? throw new Refusal($"the element type {Excerpt.Of(dType)} has no counterpart in ONNX");

    /// <summary>The attribute <c>to</c> of a Cast.</summary>
    public static OnnxAttribute To(string dType) => OnnxAttribute.Of("to", (long)Of(dType));
}
