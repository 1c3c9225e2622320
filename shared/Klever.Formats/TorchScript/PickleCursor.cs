using System.Buffers.Binary;
using System.Text;

namespace Klever.Formats.TorchScript;

/// <summary>A forward cursor over the bytes of a pickle that knows where its last opcode was.</summary>
internal sealed class PickleCursor(ModelFile file, string name, byte[] pickle)
{
    private int _position;
    private int _opcode;

    public byte ReadByte()
    {
        _opcode = _position;
        return Take(1)[0];
    }

    public void ReadProtocol()
    {
        var version = Take(1)[0];
        if (version > 2)
        {
            throw Invalid($"is of protocol {version}; torch.jit writes protocol 2");
        }
    }

    public long ReadInteger(byte opcode) => opcode switch
    {
        PickleOpcode.BinInt => BinaryPrimitives.ReadInt32LittleEndian(Take(4)),
        PickleOpcode.BinInt2 => BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
        PickleOpcode.BinInt1 => Take(1)[0],
        _ => ReadLong(Take(Take(1)[0])),
    };

    public long ReadIndex(byte opcode) => opcode is PickleOpcode.BinGet or PickleOpcode.BinPut
        ? Take(1)[0]
        : BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public string ReadText(byte opcode)
    {
        var length = opcode == PickleOpcode.ShortBinString ? Take(1)[0] : BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
        return length <= pickle.Length ? Encoding.UTF8.GetString(Take((int)length)) : throw EndsEarly();
    }

    public string ReadLine()
    {
        var length = pickle.AsSpan(_position).IndexOf((byte)'\n');
        if (length < 0)
        {
            throw EndsEarly();
        }

        var line = Encoding.UTF8.GetString(Take(length));
        _position++;
        return line.Length <= file.Limits.MaximumNameBytes
            ? line
            : throw file.LimitExceeded($"{name} has a name longer than {file.Limits.MaximumNameBytes} bytes at its byte {_opcode}");
    }

    public ModelReadException Refused(byte opcode) =>
        Invalid($"has the opcode {PickleOpcode.Describe(opcode)}, which torch.jit never writes; nothing of it was executed");

    public ModelReadException Invalid(string problem) => file.NotTheFormat($"{name} {problem}, at byte {_opcode} of that pickle");

    public ModelReadException TooLarge() =>
        file.LimitExceeded($"{name} describes more than {file.Limits.MaximumMetadataBytes / 2} bytes of values, at byte {_opcode} of that pickle");

    private long ReadLong(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
        {
            throw Invalid("has an integer of more than 64 bits");
        }

        var value = 0L;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }

        var unused = 64 - (8 * bytes.Length);
        return bytes.IsEmpty ? 0 : value << unused >> unused;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > pickle.Length - _position)
        {
            throw EndsEarly();
        }

        _position += count;
        return pickle.AsSpan(_position - count, count);
    }

    private ModelReadException EndsEarly() => Invalid("ends in the middle of an opcode or without STOP");
}
