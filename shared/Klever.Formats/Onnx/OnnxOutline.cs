using Klever.Formats.Protobuf;

namespace Klever.Formats.Onnx;

/// <summary>A copy of a graph without its weights, for the few models whose outputs do not say what they are: nodes
/// stand before outputs in a file, and are only worth parsing when those leave something open.</summary>
internal sealed class OnnxOutline
{
    /// <summary>Nodes and tensors up to this many bytes are copied; larger ones hold weights.</summary>
    private const int MaximumMessage = 4096;

    /// <summary>A graph whose outline is longer is not worth it.</summary>
    private const int MaximumBytes = 8 * 1024 * 1024;

    private ProtobufWriter? _graph = new();

    /// <summary>The outline as a GraphProto; empty when the graph was too large.</summary>
    public ReadOnlyMemory<byte> Bytes => _graph?.WrittenMemory ?? default;

    /// <summary>Copies the current field, a message, without reading it.</summary>
    /// <returns>False when it is too long to be copied.</returns>
    public bool TryKeep(ProtobufReader reader)
    {
        if (_graph is null || !reader.TryPeek(MaximumMessage, out var message))
        {
            return false;
        }

        _graph.Bytes(reader.Field, message);
        Shorten();
        return true;
    }

    /// <summary>Notes type and size of a tensor that was too long.</summary>
    public void KeepTensor(string name, long type, IReadOnlyList<long> size)
    {
        _graph?.Message(5, tensor => tensor.Packed(1, size).Varint(2, type).Text(8, name));
        Shorten();
    }

    private void Shorten() => _graph = _graph?.Written.Length > MaximumBytes ? null : _graph;
}
