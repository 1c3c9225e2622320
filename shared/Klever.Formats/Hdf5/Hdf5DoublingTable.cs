using System.Numerics;

namespace Klever.Formats.Hdf5;

/// <summary>The doubling table of a fractal heap: finds the block that holds a byte of the heap's address
/// space.</summary>
internal sealed class Hdf5DoublingTable
{
    private const int MaximumLevels = 64;

    private readonly Hdf5Source _source;
    private readonly int _width;
    private readonly long _startingBlock;
    private readonly long _root;
    private readonly int _rootRows;
    private readonly int _directRows;

    private Hdf5DoublingTable(Hdf5Source source, Hdf5Fields fields)
    {
        _source = source;
        _width = fields.UInt16();
        _startingBlock = fields.Length();
        MaximumDirectBlock = fields.Length();
        OffsetSize = (fields.UInt16() + 7) / 8;
        fields.Skip(2);
        _root = fields.Address();
        _rootRows = fields.UInt16();
        if (_width == 0 || !BitOperations.IsPow2(_startingBlock) || !BitOperations.IsPow2(MaximumDirectBlock)
            || MaximumDirectBlock < _startingBlock || OffsetSize is < 1 or > 8)
        {
            throw source.NotTheFormat("a fractal heap has an impossible table of blocks", fields.Position);
        }

        _directRows = BitOperations.Log2((ulong)(MaximumDirectBlock / _startingBlock)) + 2;
    }

    public long MaximumDirectBlock { get; }

    /// <summary>Bytes of an offset in the heap.</summary>
    public int OffsetSize { get; }

    public static Hdf5DoublingTable Read(Hdf5Source source, Hdf5Fields fields) => new(source, fields);

    /// <summary>The address in the file of an object of the heap.</summary>
    /// <param name="offset">In the heap, which counts the headers of its blocks.</param>
    public long Find(long offset, long length)
    {
        var (block, rows, start) = (_root, _rootRows, 0L);
        for (var level = 0; level < MaximumLevels; level++)
        {
            if (rows == 0)
            {
                return InBlock(block, offset - start, length);
            }

            var (row, column, childStart) = Locate(offset - start, rows);
            block = Child(block, (row * _width) + column, rows);
            start += childStart;
            rows = row < _directRows ? 0 : RowsOf(BlockSize(row));
        }

        throw _source.NotTheFormat("a fractal heap has more levels than its size allows", _root);
    }

    private long InBlock(long block, long offset, long length)
    {
        var fields = _source.Fields(block, 4, "a block of a fractal heap");
        fields.Expect("FHDB"u8);
        return offset >= 0 && length <= MaximumDirectBlock - offset
            ? block + offset
            : throw _source.NotTheFormat("an object of a fractal heap ends after its block", block);
    }

    private (int Row, int Column, long Start) Locate(long offset, int rows)
    {
        var start = 0L;
        for (var row = 0; row < rows; row++)
        {
            var size = BlockSize(row);
            if (size > (long.MaxValue - start) / _width)
            {
                break;
            }

            if (offset < start + (size * _width))
            {
                var column = (int)((offset - start) / size);
                return (row, column, start + (column * size));
            }

            start += size * _width;
        }

        throw _source.NotTheFormat($"byte {offset} of a fractal heap is in none of its blocks", _root);
    }

    // Each entry of an indirect block is an address; its rows of direct blocks come first, then those of indirect ones.
    private long Child(long block, int index, int rows)
    {
        var prefixLength = 5 + _source.OffsetSize + OffsetSize;
        var fields = _source.Fields(
            block, prefixLength + ((long)rows * _width * _source.OffsetSize), "an indirect block");
        fields.Expect("FHIB"u8);
        fields.Skip(prefixLength - 4 + ((long)index * _source.OffsetSize));
        return fields.Address();
    }

    private long BlockSize(int row) =>
        row < 2 ? _startingBlock : row - 1 >= BitOperations.LeadingZeroCount((ulong)_startingBlock) - 1
            ? long.MaxValue
            : _startingBlock << (row - 1);

    private int RowsOf(long size) =>
        BitOperations.Log2((ulong)size) - BitOperations.Log2((ulong)_startingBlock) - BitOperations.Log2(
            (ulong)_width) + 1;
}
