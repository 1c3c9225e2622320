using Klever.Formats.Protobuf;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>Writes an ONNX model; the elements of its weights go from their file to the target without being held.</summary>
internal static class OnnxModelWriter
{
    private const int IrVersion = 7;
    private const int GraphField = 7;
    private const int InitializerField = 5;
    private const int RawDataField = 9;

    /// <summary>Bytes of a model at most: protobuf allows no more.</summary>
    public const long MaximumBytes = int.MaxValue;

    /// <exception cref="Refusal">The model would be larger than protobuf allows.</exception>
    public static void Write(OnnxDraft draft, string graphName, Stream target)
    {
        var head = new ProtobufWriter();
        foreach (var node in draft.Nodes)
        {
            head.Bytes(1, node);
        }

        head.Text(2, graphName);
        var initializers = draft.Initializers.ConvertAll(Prefix);
        var tail = new ProtobufWriter();
        draft.Inputs.ForEach(input => tail.Message(11, value => Write(value, input)));
        draft.Outputs.ForEach(output => tail.Message(12, value => Write(value, output)));
        var length = head.Written.Length + tail.Written.Length
            + draft.Initializers.Zip(initializers, (initializer, prefix) => prefix.Length + initializer.Content.Length).Sum();
        if (length > MaximumBytes)
        {
            throw new Refusal($"the model would have {length} bytes, and an ONNX file holds at most {MaximumBytes}");
        }

        target.Write(new ProtobufWriter()
            .Varint(1, IrVersion)
            .Text(2, "klever")
            .Message(8, opset => opset.Text(1, "").Varint(2, draft.Opset))
            .Written);
        target.Write(Tag(GraphField, length));
        target.Write(head.Written);
        foreach (var (initializer, prefix) in draft.Initializers.Zip(initializers))
        {
            target.Write(prefix);
            initializer.Content.CopyTo(target);
        }

        target.Write(tail.Written);
    }

    // All of an initializer up to its elements, its own tag and length included.
    private static byte[] Prefix(OnnxInitializer initializer)
    {
        var fields = new ProtobufWriter()
            .Packed(1, initializer.Size)
            .Varint(2, OnnxTypes.Number(initializer.DType))
            .Text(8, initializer.Name)
            .ToArray();
        var data = Tag(RawDataField, initializer.Content.Length);
        return [.. Tag(InitializerField, fields.Length + data.Length + initializer.Content.Length), .. fields, .. data];
    }

    private static void Write(ProtobufWriter value, OnnxValue described) => value
        .Text(1, described.Name)
        .Message(2, type => type.Message(1, tensor =>
        {
            tensor.Varint(1, OnnxTypes.Number(described.DType));
            if (described.Size is { } size)
            {
                tensor.Message(2, shape => WriteShape(shape, described.Name, size));
            }
        }));

    private static void WriteShape(ProtobufWriter shape, string name, long[] size)
    {
        for (var axis = 0; axis < size.Length; axis++)
        {
            var (dimension, place) = (size[axis], axis);
            shape.Message(1, entry =>
            {
                if (dimension >= 0)
                {
                    entry.Varint(1, dimension);
                }
                else
                {
                    entry.Text(2, place == 0 ? "batch" : $"{name}_{place}");
                }
            });
        }
    }

    private static byte[] Tag(int field, long length)
    {
        var bytes = new List<byte>();
        Varint((ulong)(field << 3 | (int)WireType.Bytes));
        Varint((ulong)length);
        return [.. bytes];

        void Varint(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
            {
                bytes.Add((byte)(value | 0x80));
            }

            bytes.Add((byte)value);
        }
    }
}
