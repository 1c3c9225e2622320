using System.Buffers.Binary;
using System.Text;
using Klever.Models;

namespace Klever.Formats.Protobuf;

/// <summary>A forward cursor over one protobuf file of any length: fields are visited in the order of the file, what is not
/// asked for is passed over without being held, and every error says where it is.</summary>
/// <remarks>
/// <code>
/// while (reader.NextField())
/// {
///     switch (reader.Field)
///     {
///         case 7: using (reader.EnterMessage("graph")) { ReadGraph(reader); } break;
///         default: reader.Skip(); break;
///     }
/// }
/// </code>
/// Google.Protobuf is not used for reading: its errors have no position, and it holds what it parses.
/// </remarks>
internal sealed class ProtobufReader
{
    private const int BufferSize = 64 * 1024;
    private const int MaximumVarintBytes = 10;
    private const int MaximumFieldNumber = (1 << 29) - 1;

    private readonly ModelFile _file;
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly Stack<(long End, string Name)> _scopes = new();
    private int _bufferStart;
    private int _bufferEnd;
    private long _bufferOffset;
    private long _end;
    private long _metadataBytes;
    private bool _hasFailed;

    public ProtobufReader(ModelFile file)
    {
        _file = file;
        _end = file.Length;
    }

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    public WireType WireType { get; private set; }

    /// <summary>Byte position in the file.</summary>
    public long Position => _bufferOffset + _bufferStart;

    /// <summary>Bytes left in the current message.</summary>
    public long Remaining => _end - Position;

    /// <summary>Moves to the next field of the current message; false at its end.</summary>
    public bool NextField()
    {
        if (Position >= _end)
        {
            return false;
        }

        var start = Position;
        var tag = ReadVarint();
        var number = tag >> 3;
        WireType = (WireType)(tag & 7);
        if (number is 0 or > MaximumFieldNumber || WireType > WireType.Fixed32)
        {
            throw NotTheFormat($"no protobuf field starts here{In()}", start);
        }

        Field = (int)number;
        return true;
    }

    /// <summary>Goes into the current field, which is a message; disposing the result goes out of it, whatever is left.</summary>
    public Scope EnterMessage(string name)
    {
        var length = ReadLength(name);
        if (_scopes.Count >= _file.Limits.MaximumDepth)
        {
            throw LimitExceeded($"messages are nested deeper than {_file.Limits.MaximumDepth} levels", Position);
        }

        _scopes.Push((_end, name));
        _end = Position + length;
        return new Scope(this);
    }

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
        Span<byte> bytes = stackalloc byte[4];
        Require(bytes.Length, "the value");
        CopyTo(bytes);
        return BinaryPrimitives.ReadSingleLittleEndian(bytes);
    }

    public double ReadDouble(string name)
    {
        Expect(WireType.Fixed64, name);
        Span<byte> bytes = stackalloc byte[8];
        Require(bytes.Length, "the value");
        CopyTo(bytes);
        return BinaryPrimitives.ReadDoubleLittleEndian(bytes);
    }

    /// <summary>UTF-8 text of at most <see cref="ReadLimits.MaximumNameBytes"/>; what is not UTF-8 is replaced, as protobuf text is.</summary>
    public string ReadName(string name) => Encoding.UTF8.GetString(ReadBytes(name, _file.Limits.MaximumNameBytes));

    /// <summary>Bytes of the current field.</summary>
    /// <param name="maximum">A longer field is an error that names this limit.</param>
    public byte[] ReadBytes(string name, int maximum)
    {
        var start = Position;
        var length = ReadLength(name);
        if (length > maximum)
        {
            throw LimitExceeded($"field {Field} ({name}) has {length} bytes; at most {maximum} are read", start);
        }

        _metadataBytes += length;
        if (_metadataBytes > _file.Limits.MaximumMetadataBytes)
        {
            throw LimitExceeded($"more than {_file.Limits.MaximumMetadataBytes} bytes of names and attributes", start);
        }

        var bytes = new byte[length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Adds the values of a repeated varint field, packed or not.</summary>
    /// <param name="maximum">How many the list may hold.</param>
    public void ReadRepeatedInt64(string name, List<long> values, int maximum)
    {
        if (WireType == WireType.Varint)
        {
            Add((long)ReadVarint());
            return;
        }

        using (EnterMessage(name))
        {
            while (Position < _end)
            {
                Add((long)ReadVarint());
            }
        }

        void Add(long value)
        {
            if (values.Count >= maximum)
            {
                throw LimitExceeded($"field {name} has more than {maximum} values", Position);
            }

            values.Add(value);
        }
    }

    /// <summary>Passes over the current field.</summary>
    public void Skip()
    {
        switch (WireType)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                Advance(8, "a 64-bit value");
                break;
            case WireType.Fixed32:
                Advance(4, "a 32-bit value");
                break;
            case WireType.Bytes:
                Advance(ReadLength(name: null), "its content");
                break;
            case WireType.StartGroup:
                SkipGroup();
                break;
            default:
                throw NotTheFormat($"a group ends here that did not begin{In()}", Position);
        }
    }

    /// <summary>The error to throw for what stands at <paramref name="offset"/>, else at the current position.</summary>
    public ModelReadException NotTheFormat(string problem, long? offset = null) =>
        Failed(_file.NotTheFormat(problem, offset ?? Position));

    /// <summary>The error to throw when a limit is reached.</summary>
    public ModelReadException LimitExceeded(string limit, long? offset = null) =>
        Failed(_file.LimitExceeded(limit, offset ?? Position));

    private void SkipGroup()
    {
        var open = new Stack<int>([Field]);
        while (open.Count > 0)
        {
            if (!NextField())
            {
                throw NotTheFormat($"group {open.Peek()} does not end{In()}", Position);
            }

            switch (WireType)
            {
                case WireType.StartGroup when open.Count >= _file.Limits.MaximumDepth:
                    throw LimitExceeded($"groups are nested deeper than {_file.Limits.MaximumDepth} levels", Position);
                case WireType.StartGroup:
                    open.Push(Field);
                    break;
                case WireType.EndGroup when open.Pop() != Field:
                    throw NotTheFormat($"group {Field} ends here but did not begin{In()}", Position);
                case WireType.EndGroup:
                    break;
                default:
                    Skip();
                    break;
            }
        }
    }

    private long ReadLength(string? name)
    {
        var start = Position;
        Expect(WireType.Bytes, name ?? "unknown");
        var length = ReadVarint();
        if (length > (ulong)Math.Max(0, _end - Position))
        {
            var container = _scopes.Count == 0 ? "the file" : $"the message around it ({_scopes.Peek().Name})";
            throw NotTheFormat($"field {Field}{(name is null ? "" : $" ({name})")} ends after {container}", start);
        }

        return (long)length;
    }

    private ulong ReadVarint()
    {
        var start = Position;
        var value = 0ul;
        for (var i = 0; i < MaximumVarintBytes; i++)
        {
            if (Position >= _end)
            {
                throw NotTheFormat($"a number is cut off{In()}", start);
            }

            if (_bufferStart == _bufferEnd)
            {
                Fill();
            }

            var next = _buffer[_bufferStart++];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }

        throw NotTheFormat($"a number has more than {MaximumVarintBytes} bytes{In()}", start);
    }

    private void CopyTo(Span<byte> target)
    {
        while (target.Length > 0)
        {
            if (_bufferStart == _bufferEnd)
            {
                Fill();
            }

            var count = Math.Min(target.Length, _bufferEnd - _bufferStart);
            _buffer.AsSpan(_bufferStart, count).CopyTo(target);
            _bufferStart += count;
            target = target[count..];
        }
    }

    private void Advance(long count, string what)
    {
        Require(count, what);
        var buffered = Math.Min(count, _bufferEnd - _bufferStart);
        _bufferStart += (int)buffered;
        count -= buffered;
        if (count > BufferSize && _file.Content.CanSeek)
        {
            var position = Position + count;
            _file.Content.Position = position;
            (_bufferOffset, _bufferStart, _bufferEnd) = (position, 0, 0);
            return;
        }

        while (count > 0)
        {
            Fill();
            var step = (int)Math.Min(count, _bufferEnd);
            _bufferStart = step;
            count -= step;
        }
    }

    private void Fill()
    {
        _bufferOffset += _bufferEnd;
        _bufferStart = 0;
        _bufferEnd = 0;
        _hasFailed = true;
        _bufferEnd = _file.Content.Read(_buffer, 0, BufferSize);
        _hasFailed = false;
        if (_bufferEnd == 0)
        {
            throw NotTheFormat($"the file ends before its {_file.Length} bytes", _bufferOffset);
        }
    }

    private void Require(long count, string what)
    {
        if (count > _end - Position)
        {
            throw NotTheFormat($"{what} of field {Field} is cut off{In()}", Position);
        }
    }

    private void Expect(WireType expected, string name)
    {
        if (WireType != expected)
        {
            throw NotTheFormat($"field {Field} ({name}) is encoded as {WireType}, not {expected}{In()}", Position);
        }
    }

    private ModelReadException Failed(ModelReadException exception)
    {
        _hasFailed = true;
        return exception;
    }

    private string In() => _scopes.Count == 0 ? "" : $" in {_scopes.Peek().Name}";

    // Scopes are also disposed while an error unwinds; reading on would only hide that error.
    private void Leave()
    {
        if (!_hasFailed && Position < _end)
        {
            Advance(_end - Position, "the rest");
        }

        _end = _scopes.Pop().End;
    }

    /// <summary>A message that was entered.</summary>
    public readonly struct Scope(ProtobufReader reader) : IDisposable
    {
        public void Dispose() => reader.Leave();
    }
}
