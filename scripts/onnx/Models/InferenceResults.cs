using Microsoft.ML.OnnxRuntime;

namespace Klever.OnnxServer.Models;

/// <summary>What a model gave, in the order in which it was wanted.</summary>
internal sealed record InferenceResults(IReadOnlyList<(string Name, OrtValue Value)> Values) : IDisposable
{
    public void Dispose()
    {
        foreach (var (_, value) in Values)
        {
            value.Dispose();
        }
    }
}
