using System.Buffers;
using System.Buffers.Binary;

namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>A block of a LevelDB table: entries with shared prefixes, restart points, and a trailer with the
/// checksum.</summary>
internal sealed class TableBlock(int restartInterval)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _restarts = [0];
    private byte[] _lastKey = [];
    private int _sinceRestart;

    public bool IsEmpty => _bytes.WrittenCount == 0;

    public byte[] LastKey => _lastKey;

    /// <summary>Bytes that the block has so far, its restart points included.</summary>
    public long EstimatedLength => _bytes.WrittenCount + ((_restarts.Count + 1) * sizeof(int));

    public void Add(byte[] key, ReadOnlySpan<byte> value)
    {
        var shared = 0;
        if (_sinceRestart == restartInterval)
        {
            _restarts.Add(_bytes.WrittenCount);
            _sinceRestart = 0;
        }
        else
        {
            shared = key.AsSpan().CommonPrefixLength(_lastKey);
        }

        WriteVarint(_bytes, shared);
        WriteVarint(_bytes, key.Length - shared);
        WriteVarint(_bytes, value.Length);
        _bytes.Write(key.AsSpan(shared));
        _bytes.Write(value);
        _lastKey = key;
        _sinceRestart++;
    }

    /// <summary>Writes the block and its trailer.</summary>
    /// <returns>Its handle: offset and length as varints.</returns>
    public byte[] WriteTo(Stream target)
    {
        Span<byte> number = stackalloc byte[4];
        foreach (var value in (int[])[.. _restarts, _restarts.Count])
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, value);
            _bytes.Write(number);
        }

        var offset = target.Position;
        byte[] content = [.. _bytes.WrittenSpan, 0];
        var checksum = new Crc32C();
        checksum.Append(content);
        target.Write(content);
        BinaryPrimitives.WriteUInt32LittleEndian(number, checksum.Masked);
        target.Write(number);
        var handle = new ArrayBufferWriter<byte>();
        WriteVarint(handle, offset);
        WriteVarint(handle, content.Length - 1);
        return handle.WrittenSpan.ToArray();
    }

    private static void WriteVarint(ArrayBufferWriter<byte> target, long number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            target.Write([(byte)(number | 0x80)]);
        }

        target.Write([(byte)number]);
    }
}
