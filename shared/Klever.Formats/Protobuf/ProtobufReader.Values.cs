using System.Buffers.Binary;
using System.Text;

namespace Klever.Formats.Protobuf;

/// <content>Values of the current field.</content>
internal sealed partial class ProtobufReader
{
    public ulong ReadUInt64(string name)
    {
        Expect(WireType.Varint, name);
        return ReadVarint();
    }

    public long ReadInt64(string name) => (long)ReadUInt64(name);

    public int ReadInt32(string name) => (int)ReadInt64(name);

    public bool ReadBool(string name) => ReadUInt64(name) != 0;

    public float ReadFloat(string name)
    {
        Expect(WireType.Fixed32, name);
        Require(sizeof(float), "the value");
        return BinaryPrimitives.ReadSingleLittleEndian(_bytes.Take(sizeof(float)));
    }

    public double ReadDouble(string name)
    {
        Expect(WireType.Fixed64, name);
        Require(sizeof(double), "the value");
        return BinaryPrimitives.ReadDoubleLittleEndian(_bytes.Take(sizeof(double)));
    }

    /// <summary>UTF-8 text of at most <see cref="ReadLimits.MaximumNameBytes"/>; what is not UTF-8 is replaced, as
    /// protobuf text is.</summary>
    public string ReadName(string name)
    {
        var length = ReadLength(name, Limits.MaximumNameBytes);
        Hold(sizeof(char) * (long)length);
        return Encoding.UTF8.GetString(_bytes.Take(length));
    }

    /// <summary>As <see cref="ReadName"/>, for texts that recur, such as operation types: equal ones are one
    /// object.</summary>
    public string ReadRecurringName(string name)
    {
        var length = ReadLength(name, Limits.MaximumNameBytes);
        var count = _names.Count;
        var text = _names.Get(_bytes.Take(length));
        if (_names.Count != count)
        {
            Hold(sizeof(char) * (long)length);
        }

        return text;
    }

    /// <summary>Shows the content of the current field without reading it.</summary>
    /// <returns>False when it is longer than <paramref name="maximum"/>, is a number, or the file ends in it.</returns>
    public bool TryPeek(int maximum, out ReadOnlySpan<byte> content)
    {
        content = default;
        return WireType == WireType.Bytes && FieldLength <= maximum && _bytes.TryPeek((int)FieldLength, out content);
    }

    /// <summary>Bytes of the current field.</summary>
    /// <param name="maximum">A longer field is an error that names this limit.</param>
    public byte[] ReadBytes(string name, int maximum)
    {
        var length = ReadLength(name, maximum);
        Hold(length);
        var bytes = new byte[length];
        _bytes.CopyTo(bytes);
        return bytes;
    }

    /// <summary>Adds the values of a repeated varint field, packed or not.</summary>
    /// <param name="maximum">How many the list may hold.</param>
    public void ReadRepeatedInt64(string name, List<long> values, int maximum)
    {
        if (!TryReadRepeatedInt64(name, values, maximum))
        {
            throw LimitExceeded($"field {name} has more than {maximum} values");
        }
    }

    /// <summary>As <see cref="ReadRepeatedInt64"/>, but false when there are more values, which are passed
    /// over.</summary>
    public bool TryReadRepeatedInt64(string name, List<long> values, int maximum)
    {
        if (WireType == WireType.Varint)
        {
            return TryAdd(ReadInt64(name));
        }

        using (EnterMessage(name))
        {
            while (Remaining > 0)
            {
                if (!TryAdd((long)ReadVarint()))
                {
                    return false;
                }
            }
        }

        return true;

        bool TryAdd(long value)
        {
            if (values.Count >= maximum)
            {
                return false;
            }

            values.Add(value);
            return true;
        }
    }

    /// <summary>The next of the packed numbers that were entered like a message.</summary>
    public long ReadPackedInt64() => (long)ReadVarint();

    /// <summary>The next of the packed numbers that were entered like a message.</summary>
    public float ReadPackedFloat()
    {
        Require(sizeof(float), "a value");
        return BinaryPrimitives.ReadSingleLittleEndian(_bytes.Take(sizeof(float)));
    }
}
