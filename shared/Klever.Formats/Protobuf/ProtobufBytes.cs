namespace Klever.Formats.Protobuf;

/// <summary>The bytes of a file behind a small buffer, read forward up to an end that the messages of the file
/// set.</summary>
internal sealed class ProtobufBytes
{
    public const int MaximumVarintBytes = 10;
    private const int BufferSize = 64 * 1024;
    private const int SmallestBuffer = 64;

    private readonly ModelFile _file;
    private readonly byte[] _buffer;
    private long _bufferOffset;
    private long _end;
    private int _next;
    private int _filled;

    // The place in the buffer where it, or the message, ends: the one comparison of the fast path.
    private int _stop;

    public ProtobufBytes(ModelFile file)
    {
        _file = file;
        _buffer = GC.AllocateUninitializedArray<byte>((int)Math.Clamp(file.Length, SmallestBuffer, BufferSize));
        _end = file.Length;
    }

    /// <summary>Byte position in the file.</summary>
    public long Position => _bufferOffset + _next;

    /// <summary>Where the current message ends; nothing beyond it is read as part of it.</summary>
    public long End
    {
        get => _end;
        set
        {
            _end = value;
            SetStop();
        }
    }

    public long Remaining => _end - Position;

    /// <summary>Whether a read of the stream was begun and did not return, or gave nothing.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>False when the number is cut off by the end, or has more than ten bytes.</summary>
    public bool TryReadVarint(out ulong value)
    {
        if (_next < _stop && _buffer[_next] < 0x80)
        {
            value = _buffer[_next++];
            return true;
        }

        return TryReadLongVarint(out value);
    }

    /// <summary>The next bytes; valid until the next call.</summary>
    /// <param name="count">At most <see cref="Remaining"/>, and small enough to be held.</param>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count <= _stop - _next)
        {
            _next += count;
            return _buffer.AsSpan(_next - count, count);
        }

        var bytes = new byte[count];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Shows the next bytes without taking them; valid until the next call.</summary>
    /// <returns>False when there are more than the buffer holds, or the file ends before.</returns>
    public bool TryPeek(int count, out ReadOnlySpan<byte> bytes)
    {
        if (count > _filled - _next && count <= _buffer.Length)
        {
            Compact(count);
        }

        var isThere = count <= _filled - _next;
        bytes = isThere ? _buffer.AsSpan(_next, count) : default;
        return isThere;
    }

    public void CopyTo(Span<byte> target)
    {
        while (target.Length > 0)
        {
            if (_next == _filled)
            {
                Fill();
            }

            var count = Math.Min(target.Length, _filled - _next);
            _buffer.AsSpan(_next, count).CopyTo(target);
            _next += count;
            target = target[count..];
        }
    }

    /// <summary>Passes over bytes, by position where the file allows it.</summary>
    /// <param name="count">At most <see cref="Remaining"/>.</param>
    public void Advance(long count)
    {
        var buffered = Math.Min(count, _filled - _next);
        _next += (int)buffered;
        count -= buffered;
        if (count > BufferSize && _file.Content.CanSeek)
        {
            Seek(Position + count);
            return;
        }

        while (count > 0)
        {
            Fill();
            _next = (int)Math.Min(count, _filled);
            count -= _next;
        }
    }

    private bool TryReadLongVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < MaximumVarintBytes && Position < _end; i++)
        {
            if (_next == _filled)
            {
                Fill();
            }

            var next = _buffer[_next++];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    // Moves what is left to the front of the buffer and reads on behind it.
    private void Compact(int count)
    {
        _buffer.AsSpan(_next.._filled).CopyTo(_buffer);
        (_bufferOffset, _filled, _next) = (_bufferOffset + _next, _filled - _next, 0);
        HasFailed = true;
        for (var read = -1; _filled < count && read != 0; _filled += read)
        {
            read = _file.Content.Read(_buffer, _filled, _buffer.Length - _filled);
        }

        HasFailed = false;
        SetStop();
    }

    private void Seek(long position)
    {
        _file.Content.Position = position;
        (_bufferOffset, _next, _filled) = (position, 0, 0);
        SetStop();
    }

    private void Fill()
    {
        _bufferOffset += _filled;
        (_next, _filled) = (0, 0);
        HasFailed = true;
        _filled = _file.Content.Read(_buffer, 0, _buffer.Length);
        if (_filled == 0)
        {
            throw _file.NotTheFormat($"the file ends before its {_file.Length} bytes", _bufferOffset);
        }

        if (_bufferOffset == 0 && GitLfsPointer.IsPointer(_buffer.AsSpan(0, _filled)))
        {
            throw _file.NotTheFormat(GitLfsPointer.Problem);
        }

        HasFailed = false;
        SetStop();
    }

    private void SetStop() => _stop = (int)Math.Min(_filled, _end - _bufferOffset);
}
