using System.Buffers.Binary;

namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>Writes a LevelDB table, uncompressed: data blocks, an empty metaindex, the index, the footer.</summary>
internal sealed class TableWriter(Stream target)
{
    private const int BlockLength = 262_144;
    private const int RestartInterval = 16;
    private const int FooterLength = 48;
    private const ulong Magic = 0xDB4775248B80FB57;

    private readonly TableBlock _index = new(restartInterval: 1);
    private TableBlock _data = new(RestartInterval);
    private (byte[] LastKey, byte[] Handle)? _pending;

    /// <summary>Adds an entry; keys come in the order of their bytes.</summary>
    public void Add(byte[] key, ReadOnlySpan<byte> value)
    {
        if (_pending is { } pending)
        {
            _index.Add(Separator(pending.LastKey, key), pending.Handle);
            _pending = null;
        }

        _data.Add(key, value);
        if (_data.EstimatedLength >= BlockLength)
        {
            Flush();
        }
    }

    public void Complete()
    {
        Flush();
        var metaindex = new TableBlock(RestartInterval).WriteTo(target);
        if (_pending is { } pending)
        {
            _index.Add(Successor(pending.LastKey), pending.Handle);
        }

        byte[] handles = [.. metaindex, .. _index.WriteTo(target)];
        var footer = new byte[FooterLength];
        handles.CopyTo(footer, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(footer.AsSpan(FooterLength - sizeof(ulong)), Magic);
        target.Write(footer);
    }

    private void Flush()
    {
        if (!_data.IsEmpty)
        {
            _pending = (_data.LastKey, _data.WriteTo(target));
            _data = new TableBlock(RestartInterval);
        }
    }

    // The shortest key that is not before the last of a block and is before the first of the next.
    private static byte[] Separator(byte[] last, byte[] next)
    {
        var shared = last.AsSpan().CommonPrefixLength(next);
        if (shared >= last.Length || shared >= next.Length || last[shared] == byte.MaxValue || last[shared] + 1 >= next[shared])
        {
            return last;
        }

        return [.. last[..shared], (byte)(last[shared] + 1)];
    }

    private static byte[] Successor(byte[] key)
    {
        var position = Array.FindIndex(key, one => one != byte.MaxValue);
        return position < 0 ? key : [.. key[..position], (byte)(key[position] + 1)];
    }
}
