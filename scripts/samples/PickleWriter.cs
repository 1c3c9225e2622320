using System.Text;

namespace Klever.Samples;

/// <summary>Writes the pickles of a TorchScript archive: protocol 2, without a memo.</summary>
public sealed class PickleWriter
{
    private readonly List<byte> _body = [];

    public PickleWriter Bytes(params ReadOnlySpan<byte> opcodes)
    {
        _body.AddRange(opcodes);
        return this;
    }

    public PickleWriter Global(string module, string name) => Bytes(Encoding.UTF8.GetBytes($"c{module}\n{name}\n"));

    public PickleWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Bytes((byte)'X').Bytes(BitConverter.GetBytes(bytes.Length)).Bytes(bytes);
    }

    public PickleWriter Integer(int value) => Bytes((byte)'J').Bytes(BitConverter.GetBytes(value));

    /// <summary>A tuple of integers, as sizes and strides are written.</summary>
    public PickleWriter Integers(params ReadOnlySpan<int> values)
    {
        Bytes((byte)'(');
        foreach (var value in values)
        {
            Integer(value);
        }

        return Bytes((byte)'t');
    }

    /// <summary>An object of a class of the model, with its attributes written by <paramref name="attributes"/> as key and value.</summary>
    public PickleWriter Object(string module, string name, Action<PickleWriter> attributes)
    {
        Global(module, name).Bytes((byte)')', 0x81, (byte)'}', (byte)'(');
        attributes(this);
        return Bytes((byte)'u', (byte)'b');
    }

    /// <summary>A contiguous tensor of 32-bit floats whose numbers are in <c>data/&lt;key&gt;</c>.</summary>
    public PickleWriter FloatTensor(string key, params int[] size)
    {
        var strides = new int[size.Length];
        var elements = 1;
        for (var i = size.Length - 1; i >= 0; i--)
        {
            strides[i] = elements;
            elements *= size[i];
        }

        Global("torch._utils", "_rebuild_tensor_v2").Bytes((byte)'(', (byte)'(');
        Text("storage").Global("torch", "FloatStorage").Text(key).Text("cpu").Integer(elements).Bytes((byte)'t', (byte)'Q');
        Integer(0).Integers(size).Integers(strides).Bytes(0x89);
        return Global("collections", "OrderedDict").Bytes((byte)')', (byte)'R', (byte)'t', (byte)'R');
    }

    public byte[] ToArray() => [0x80, 2, .. _body, (byte)'.'];
}
