using Klever.Conversion.Onnx;

namespace Klever.Conversion.CaffeToNetDef;

/// <summary>A Caffe2 net under construction.</summary>
internal sealed class NetDraft(string name)
{
    public string Name => name;

    public UniqueNames Names { get; } = new();

    public List<NetOperator> Operators { get; } = [];

    public List<NetParameter> Parameters { get; } = [];

    /// <summary>Inputs with their sizes; null when one is not known.</summary>
    public List<(string Name, long[]? Size)> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];
}
