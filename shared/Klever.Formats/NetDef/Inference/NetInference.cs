using Klever.Formats.Shapes;
using Klever.Models;

namespace Klever.Formats.NetDef.Inference;

/// <summary>Runs the operators of nets in their order on shapes instead of values. Blobs may be written again; the last
/// one counts.</summary>
internal sealed class NetInference
{
    private readonly Dictionary<string, Blob> _blobs = new(StringComparer.Ordinal);
    private int _symbols;

    /// <summary>What is known of a blob at this place of the net.</summary>
    public Blob this[string name] => _blobs.GetValueOrDefault(name, Blob.Unknown);

    public void SetInput(Tensor input) => _blobs[input.Name] = new Blob(
        input.DType,
        new TensorFact(input.Size?.Select(length => length < 0 ? Dimension.Symbol(_symbols++) : length).ToList()));

    public void Run(NetOperator operation)
    {
        var inputs = operation.Inputs.ConvertAll(name => this[name]);
        var results = NetRules.Apply(new NetOperation(operation, inputs));
        for (var i = 0; i < operation.Outputs.Count; i++)
        {
            _blobs[operation.Outputs[i]] = i < results.Count ? results[i] : Blob.Unknown;
        }
    }
}
