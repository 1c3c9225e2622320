namespace Klever.OnnxServer.Models;

/// <summary>A model of the repository cannot be served; the server does not start, as Triton does not.</summary>
internal sealed class ModelLoadException(string message, Exception? inner = null) : Exception(message, inner);
