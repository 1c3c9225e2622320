using Klever.Formats.Protobuf;

namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>Messages of <c>graph.proto</c>. The elements of a Const are the last bytes of its node, so that they can be
/// streamed.</summary>
internal static class TfGraphBytes
{
    private const int ContentField = 4;

    /// <summary>The bytes of a node but for the elements of a Const, which follow.</summary>
    public static byte[] Head(TfNode node)
    {
        var head = new ProtobufWriter().Text(1, node.Name).Text(2, node.Op);
        foreach (var input in node.Inputs)
        {
            head.Text(3, input);
        }

        foreach (var attribute in node.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal))
        {
            head.Message(5, entry => entry.Text(1, attribute.Name).Bytes(2, attribute.Value));
        }

        return node.Value is { } value ? [.. head.Written, .. Value(value)] : head.ToArray();
    }

    // attr["value"] = AttrValue{8: TensorProto{1: dtype, 2: shape, 4: content}}, with lengths that count the content.
    private static byte[] Value(TfTensor tensor)
    {
        var proto = new ProtobufWriter()
            .Varint(1, (int)tensor.Type)
            .Message(2, shape => TfAttribute.WriteShape(shape, tensor.Shape))
            .ToArray();
        proto = [.. proto, .. Header(ContentField, tensor.ByteLength)];
        byte[] value = [.. Header(8, proto.Length + tensor.ByteLength), .. proto];
        byte[] entry = [.. new ProtobufWriter().Text(1, "value").Written, .. Header(
            2, value.Length + tensor.ByteLength), .. value];
        return [.. Header(5, entry.Length + tensor.ByteLength), .. entry];
    }

    /// <summary>Tag and length of a field whose bytes follow.</summary>
    public static byte[] Header(int field, long length)
    {
        var bytes = new List<byte>();
        foreach (var number in (ulong[])[((ulong)field << 3) | 2, (ulong)length])
        {
            var rest = number;
            for (; rest >= 0x80; rest >>= 7)
            {
                bytes.Add((byte)(rest | 0x80));
            }

            bytes.Add((byte)rest);
        }

        return [.. bytes];
    }
}
