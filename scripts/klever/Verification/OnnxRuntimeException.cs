namespace Klever.CommandLine.Verification;

/// <summary>A converted model that ONNX Runtime does not load or run, or that gives something else than it says.</summary>
internal sealed class OnnxRuntimeException(string message) : Exception(message);
