using Klever.Models;

namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>How Triton runs a format (Triton, model_configuration.md).</summary>
/// <param name="FileName">What the file is called in the directory of its version.</param>
/// <param name="Missing">Types of Triton that this backend does not take.</param>
internal sealed record TritonBackend(
    ModelFormat Format, string Backend, string Platform, string FileName, params IReadOnlyList<string> Missing)
{
    public static IReadOnlyList<TritonBackend> All { get; } =
    [
        new(ModelFormat.Onnx, "onnxruntime", "onnxruntime_onnx", "model.onnx"),
        new(
            ModelFormat.TorchScript, "pytorch", "pytorch_libtorch", "model.pt",
            "UINT16", "UINT32", "UINT64", "FP16", "STRING", "BF16"),
        new(
            ModelFormat.TensorRT, "tensorrt", "tensorrt_plan", "model.plan",
            "UINT16", "UINT32", "UINT64", "INT16", "FP64", "STRING"),
        new(ModelFormat.SavedModel, "tensorflow", "tensorflow_savedmodel", "model.savedmodel", "BF16"),
        new(ModelFormat.GraphDef, "tensorflow", "tensorflow_graphdef", "model.graphdef", "BF16"),
    ];

    /// <summary>Whether Triton learns nothing from the file, so that it must be told inputs and outputs.</summary>
    public bool NeedsSignature => Format == ModelFormat.TorchScript;

    /// <summary>Whether requests may be joined along a first dimension of any size.</summary>
    public bool Batches => Format == ModelFormat.Onnx || Format == ModelFormat.TorchScript;

    public static TritonBackend? Find(string format) => All.FirstOrDefault(b => b.Format.Name == format);

    /// <summary>Triton's name of a type, without <c>TYPE_</c>; null when this backend does not take it.</summary>
    public string? TypeOf(string? dType) =>
        TritonTypes.Find(dType) is { } type && !Missing.Contains(type) ? type : null;
}
