using System.Numerics;

namespace Klever.Formats.Hdf5;

/// <summary>A fractal heap (specification, section III.G): objects by their id, be they tiny, managed or
/// huge.</summary>
internal sealed class Hdf5FractalHeap
{
    private const int HugeRecord = 1;
    private const int TinyLengthLimit = 18;

    private readonly Hdf5Source _source;
    private readonly long _address;
    private readonly Hdf5DoublingTable _table;
    private readonly long _hugeTree;
    private readonly int _lengthSize;

    private Hdf5FractalHeap(Hdf5Source source, long address)
    {
        _source = source;
        _address = address;
        var fields = source.Fields(
            address, 22 + (12L * source.LengthSize) + (3L * source.OffsetSize), "a fractal heap");
        fields.Expect("FRHP"u8);
        fields.ExpectVersion(0);
        IdLength = fields.UInt16();
        if (fields.UInt16() != 0)
        {
            throw source.NotSupported("a fractal heap is filtered", address);
        }

        fields.Skip(1);
        var maximumManaged = fields.UInt32();
        fields.Skip(source.LengthSize);
        _hugeTree = fields.Address();
        fields.Skip((9L * source.LengthSize) + source.OffsetSize);
        _table = Hdf5DoublingTable.Read(source, fields);
        _lengthSize = Math.Min(
            (BitOperations.Log2((ulong)_table.MaximumDirectBlock) + 7) / 8,
            (BitOperations.Log2((ulong)Math.Max(1, maximumManaged)) / 8) + 1);
    }

    /// <summary>Bytes of an object's id.</summary>
    public int IdLength { get; }

    public static Hdf5FractalHeap Open(Hdf5Source source, long address) => new(source, address);

    /// <summary>Reads an object.</summary>
    /// <param name="address">Where it stands.</param>
    public byte[] Read(ReadOnlyMemory<byte> id, int maximum, string what, out long address)
    {
        var fields = new Hdf5Fields(_source, id, _address, "the id of a heap object");
        var first = fields.Byte();
        address = _address;
        switch ((first >> 4) & 3)
        {
            case 0:
                var offset = fields.Variable(_table.OffsetSize);
                var length = fields.Variable(_lengthSize);
                address = _table.Find(offset, length);
                return _source.Read(address, length, maximum, what);
            case 1:
                (address, var size) = FindHuge(fields);
                return _source.Read(address, size, maximum, what);
            case 2:
                var tinyLength = IdLength > TinyLengthLimit
                    ? ((first & 0x0F) << 8) + fields.Byte() + 1
                    : (first & 0x0F) + 1;
                return fields.Take(tinyLength).ToArray();
            default:
                throw _source.NotTheFormat("a heap object is of no known kind", _address);
        }
    }

    private (long Address, long Length) FindHuge(Hdf5Fields id)
    {
        if (id.Remaining >= _source.OffsetSize + _source.LengthSize)
        {
            return (id.Address(), id.Length());
        }

        var wanted = id.Variable(Math.Min(id.Remaining, _source.LengthSize));
        foreach (var record in new Hdf5RecordTree(_source, _hugeTree, HugeRecord).Records())
        {
            var found = (record.Address(), record.Length());
            if (record.Length() == wanted)
            {
                return found;
            }
        }

        throw _source.NotTheFormat($"huge object {wanted} is not in its heap", _address);
    }
}
