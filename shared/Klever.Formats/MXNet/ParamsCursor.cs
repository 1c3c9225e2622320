using System.Buffers.Binary;
using Klever.Formats.Protobuf;

namespace Klever.Formats.MXNet;

/// <summary>Little-endian values of a <c>.params</c> file, read forward.</summary>
internal sealed class ParamsCursor(ModelFile file)
{
    private readonly ProtobufBytes _bytes = new(file);
    private long _heldBytes;

    public long Position => _bytes.Position;

    public int MaximumCount => file.Limits.MaximumNodes;

    public uint UInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint), what));

    public int Int32(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int), what));

    public long Int64(string what) => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long), what));

    public ulong UInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong), what));

    /// <summary>Bytes with their length before them.</summary>
    public ReadOnlySpan<byte> Name(string what)
    {
        var start = Position;
        var length = UInt64(what);
        if (length > (ulong)file.Limits.MaximumNameBytes)
        {
            throw LimitExceeded($"{what} has {length} bytes; at most {file.Limits.MaximumNameBytes} are read", start);
        }

        Hold(sizeof(char) * (long)length);
        return Take((int)length, what);
    }

    public void Skip(long count, string what)
    {
        Require(count, what);
        _bytes.Advance(count);
    }

    /// <summary>Counts bytes that the caller keeps.</summary>
    public void Hold(long bytes)
    {
        _heldBytes += bytes;
        if (_heldBytes > file.Limits.MaximumMetadataBytes)
        {
            throw LimitExceeded($"names and sizes take more than {file.Limits.MaximumMetadataBytes} bytes", Position);
        }
    }

    public ModelReadException NotTheFormat(string problem, long offset) => file.NotTheFormat(problem, offset);

    public ModelReadException LimitExceeded(string limit, long offset) => file.LimitExceeded(limit, offset);

    private ReadOnlySpan<byte> Take(int count, string what)
    {
        Require(count, what);
        return _bytes.Take(count);
    }

    private void Require(long count, string what)
    {
        if (count > _bytes.Remaining)
        {
            throw NotTheFormat($"{what} is cut off: {_bytes.Remaining} of {count} bytes are there", Position);
        }
    }
}
