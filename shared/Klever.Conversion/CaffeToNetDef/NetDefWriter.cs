using System.Buffers;
using System.Runtime.InteropServices;
using Klever.Formats.Protobuf;

namespace Klever.Conversion.CaffeToNetDef;

/// <summary>Writes the two nets of a NetDef model (caffe2.proto). Lists are not packed, as the schema of Caffe2 has
/// it.</summary>
internal static class NetDefWriter
{
    /// <summary>Bytes of a net at most: protobuf allows no more.</summary>
    public const long MaximumBytes = int.MaxValue;

    private const int ValuesAtOnce = 8 * 1024;
    private const int BytesOfValue = 1 + sizeof(float);
    private const byte ValueTag = (5 << 3) | (int)WireType.Fixed32;

    public static byte[] Predict(NetDraft net)
    {
        var writer = new ProtobufWriter().Text(1, net.Name);
        foreach (var operation in net.Operators)
        {
            writer.Message(2, message => Write(message, operation));
        }

        foreach (var input in net.Inputs.Select(input => input.Name).Concat(net.Parameters.Select(parameter => parameter.Name)))
        {
            writer.Text(7, input);
        }

        net.Outputs.ForEach(output => writer.Text(8, output));
        return writer.ToArray();
    }

    /// <summary>Bytes of the net that fills the weights.</summary>
    public static long MeasureInit(NetDraft net) =>
        InitHead(net).Length
        + net.Parameters.Sum(parameter => FillHead(parameter).Length + (parameter.Content.Count * BytesOfValue));

    /// <summary>The net that fills the weights, which pass through in blocks.</summary>
    public static void WriteInit(NetDraft net, Stream target)
    {
        target.Write(InitHead(net));
        foreach (var parameter in net.Parameters)
        {
            target.Write(FillHead(parameter));
            parameter.Content.Read(block => WriteValues(block, target));
        }
    }

    // Inputs exist as blobs too, so that the predictor finds them before the first run.
    private static byte[] InitHead(NetDraft net)
    {
        var writer = new ProtobufWriter().Text(1, net.Name + "_init");
        foreach (var (name, size) in net.Inputs)
        {
            var shape = NetArgument.Of("shape", size is null || size.Contains(-1) ? [1] : size);
            writer.Message(2, message => Write(message, new NetOperator("ConstantFill", "", [], [name], [shape])));
        }

        return writer.ToArray();
    }

    // GivenTensorFill up to its values, which come last.
    private static byte[] FillHead(NetParameter parameter)
    {
        var length = parameter.Content.Count * BytesOfValue;
        var values = new ProtobufWriter().Text(1, "values").ToArray();
        var fill = new ProtobufWriter();
        Write(fill, new NetOperator("GivenTensorFill", "", [], [parameter.Name], [NetArgument.Of("shape", parameter.Size)]));
        var head = fill.Header(5, values.Length + length).ToArray();
        return [.. new ProtobufWriter().Header(2, head.Length + values.Length + length).Written, .. head, .. values];
    }

    private static void WriteValues(ReadOnlySpan<float> block, Stream target)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(ValuesAtOnce * BytesOfValue);
        for (; block.Length > 0; block = block[Math.Min(block.Length, ValuesAtOnce)..])
        {
            var values = block[..Math.Min(block.Length, ValuesAtOnce)];
            for (var i = 0; i < values.Length; i++)
            {
                bytes[i * BytesOfValue] = ValueTag;
                MemoryMarshal.Write(bytes.AsSpan((i * BytesOfValue) + 1), values[i]);
            }

            target.Write(bytes, 0, values.Length * BytesOfValue);
        }

        ArrayPool<byte>.Shared.Return(bytes);
    }

    private static void Write(ProtobufWriter writer, NetOperator operation)
    {
        foreach (var input in operation.Inputs)
        {
            writer.Text(1, input);
        }

        foreach (var output in operation.Outputs)
        {
            writer.Text(2, output);
        }

        if (operation.Name.Length > 0)
        {
            writer.Text(3, operation.Name);
        }

        writer.Text(4, operation.Type);
        foreach (var argument in operation.Arguments)
        {
            writer.Message(5, message => Write(message, argument));
        }
    }

    private static void Write(ProtobufWriter writer, NetArgument argument)
    {
        writer.Text(1, argument.Name);
        if (argument.Number is { } number)
        {
            writer.Float(2, number);
        }

        if (argument.Integer is { } integer)
        {
            writer.Varint(3, integer);
        }

        if (argument.Text is { } text)
        {
            writer.Text(4, text);
        }

        foreach (var value in argument.Integers)
        {
            writer.Varint(6, value);
        }
    }
}
