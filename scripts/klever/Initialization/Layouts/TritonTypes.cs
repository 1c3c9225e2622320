using Klever.Models;

namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>The type names of Triton's configuration, without <c>TYPE_</c>: those of requests, but for text (Triton, model_configuration.md).</summary>
internal static class TritonTypes
{
    public static string? Find(string? dType) =>
        InferenceDataTypes.Find(dType) is { } type ? type == InferenceDataTypes.Bytes ? "STRING" : type : null;
}
