namespace Klever.Formats.Protobuf;

/// <summary>A forward cursor over one protobuf file of any length: fields are visited in the order of the file, what is
/// not asked for is passed over without being held, and every error says where it is.</summary>
/// <remarks>
/// <code>
/// foreach (var field in reader.EnterMessage("node"))
/// {
///     if (field == 4)
///     {
///         type = reader.ReadName("op_type");
///     }
/// }
/// </code>
/// A field that the body does not read is passed over before the next one. At the top of a file, where there is no
/// message to enter, <c>while (reader.NextField())</c> does the same. Google.Protobuf is not used for reading: its
/// errors have no position, and it holds what it parses.
/// </remarks>
internal sealed partial class ProtobufReader
{
    private const int MaximumFieldNumber = (1 << 29) - 1;

    // What an object costs beside its content; charged so that a million empty names do not count as nothing.
    private const int ObjectBytes = 32;

    private readonly ModelFile _file;
    private readonly ProtobufBytes _bytes;
    private readonly Stack<(long End, string Name)> _scopes = new();
    private readonly NameTable _names = new();
    private long _heldBytes;
    private int _nodes;
    private long? _fieldLength;
    private bool _isUnread;
    private bool _hasFailed;

    /// <exception cref="ModelReadException">The file is empty.</exception>
    public ProtobufReader(ModelFile file)
    {
        _file = file;
        _bytes = new ProtobufBytes(file);
        if (file.Length == 0)
        {
            throw NotTheFormat("the file is empty");
        }
    }

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    public WireType WireType { get; private set; }

    /// <summary>Byte position in the file.</summary>
    public long Position => _bytes.Position;

    /// <summary>Bytes left in the current message.</summary>
    public long Remaining => _bytes.Remaining;

    /// <summary>Bytes of the current field where it is text, bytes or a message, before it is read; 0 for a
    /// number.</summary>
    public long FieldLength => WireType == WireType.Bytes ? PeekLength() : 0;

    /// <summary>What may be taken from the file.</summary>
    public ReadLimits Limits => _file.Limits;

    /// <summary>Moves to the next field of the current message, passing over the current one if it was not read; false
    /// at its end.</summary>
    public bool NextField()
    {
        if (_isUnread)
        {
            Skip();
        }

        if (Remaining <= 0)
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
        _fieldLength = null;
        _isUnread = true;
        return true;
    }

    /// <summary>Goes into the current field, which is a message. The result gives its fields; disposing it goes out of
    /// the message, whatever is left.</summary>
    public Scope EnterMessage(string name)
    {
        var length = ReadLength(name);
        if (_scopes.Count >= Limits.MaximumDepth)
        {
            throw LimitExceeded($"messages are nested deeper than {Limits.MaximumDepth} levels", Position);
        }

        _scopes.Push((_bytes.End, name));
        _bytes.End = Position + length;
        return new Scope(this);
    }

    /// <summary>Passes over the current field.</summary>
    public void Skip()
    {
        _isUnread = false;
        switch (WireType)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                Advance(sizeof(ulong), "a 64-bit value");
                break;
            case WireType.Fixed32:
                Advance(sizeof(uint), "a 32-bit value");
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

    /// <summary>Counts a node or operation against <see cref="ReadLimits.MaximumNodes"/>.</summary>
    public void CountNode()
    {
        if (++_nodes > Limits.MaximumNodes)
        {
            throw LimitExceeded($"the model has more than {Limits.MaximumNodes} nodes");
        }
    }

    /// <summary>Counts what the caller keeps of the file against <see
    /// cref="ReadLimits.MaximumMetadataBytes"/>.</summary>
    /// <param name="bytes">Beside what the object itself costs.</param>
    public void Hold(long bytes)
    {
        _heldBytes += bytes + ObjectBytes;
        if (_heldBytes > Limits.MaximumMetadataBytes)
        {
            throw LimitExceeded($"names and attributes take more than {Limits.MaximumMetadataBytes} bytes of memory");
        }
    }

    /// <summary>The error to throw for what stands at <paramref name="offset"/>, else at the current
    /// position.</summary>
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

            _isUnread = false;
            switch (WireType)
            {
                case WireType.StartGroup when open.Count >= Limits.MaximumDepth:
                    throw LimitExceeded($"groups are nested deeper than {Limits.MaximumDepth} levels", Position);
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

    private int ReadLength(string name, int maximum)
    {
        var start = Position;
        var length = ReadLength(name);
        return length <= maximum
            ? (int)length
            : throw LimitExceeded($"field {Field} ({name}) has {length} bytes; at most {maximum} are read", start);
    }

    private long ReadLength(string? name)
    {
        if (_fieldLength is { } known)
        {
            _isUnread = false;
            return known;
        }

        var start = Position;
        Expect(WireType.Bytes, name ?? "unknown");
        var length = ReadVarint();
        if (length > (ulong)Math.Max(0, Remaining))
        {
            var container = _scopes.Count == 0 ? "the file" : $"the message around it ({_scopes.Peek().Name})";
            throw NotTheFormat($"field {Field}{(name is null ? "" : $" ({name})")} ends after {container}", start);
        }

        return (long)length;
    }

    private long PeekLength()
    {
        _fieldLength = ReadLength(name: null);
        _isUnread = true;
        return _fieldLength.Value;
    }

    private ulong ReadVarint()
    {
        var start = Position;
        if (_bytes.TryReadVarint(out var value))
        {
            return value;
        }

        var isCutOff = Position - start < ProtobufBytes.MaximumVarintBytes;
        throw NotTheFormat(
            isCutOff
                ? $"a number is cut off{In()}"
                : $"a number has more than {ProtobufBytes.MaximumVarintBytes} bytes{In()}", start);
    }

    private void Advance(long count, string what)
    {
        Require(count, what);
        _bytes.Advance(count);
    }

    private void Require(long count, string what)
    {
        if (count > Remaining)
        {
            throw NotTheFormat($"{what} of field {Field} is cut off{In()}", Position);
        }
    }

    private void Expect(WireType expected, string name)
    {
        _isUnread = false;
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
        if (!_hasFailed && !_bytes.HasFailed && Remaining > 0)
        {
            _bytes.Advance(Remaining);
        }

        _isUnread = false;
        _bytes.End = _scopes.Pop().End;
    }

    /// <summary>A message that was entered: the numbers of its fields, as <c>foreach</c> wants them.</summary>
    public readonly struct Scope(ProtobufReader reader) : IDisposable
    {
        /// <summary>Number of the current field.</summary>
        public int Current => reader.Field;

        public Scope GetEnumerator() => this;

        public bool MoveNext() => reader.NextField();

        public void Dispose() => reader.Leave();
    }
}
