namespace Klever.Formats.Onnx.Inference;

/// <summary>A NodeProto with those attributes that say something of shapes.</summary>
internal sealed class OnnxNode
{
    public string Type { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public Dictionary<string, long> Integers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, IReadOnlyList<long>> Lists { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>The value of a Constant.</summary>
    public OnnxFact? Tensor { get; set; }
}
