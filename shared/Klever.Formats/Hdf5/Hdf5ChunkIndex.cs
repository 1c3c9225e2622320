namespace Klever.Formats.Hdf5;

/// <summary>Where a chunk stands in the file.</summary>
/// <param name="Number">Its place in the order of the dataset, row by row.</param>
internal readonly record struct Hdf5Chunk(long Number, long Address, long Length, long SkippedFilters);

/// <summary>The ways in which a file lists the chunks of a dataset.</summary>
internal sealed class Hdf5ChunkIndex(Hdf5Source source, Hdf5ChunkGrid grid)
{
    private const int MaximumLevels = 16;
    private const int TreeNodePrefix = 8;

    /// <summary>A B-tree of version 1 (specification, section III.A.1), whose keys hold the position of a chunk.</summary>
    public IEnumerable<Hdf5Chunk> OfTree(long address)
    {
        var rank = grid.Dimensions.Count;
        var keyLength = 8 + (8 * (rank + 1));
        var seen = new HashSet<long>();
        var open = new Stack<(long Address, int Level)>([(address, MaximumLevels)]);
        while (open.TryPop(out var place))
        {
            var prefix = source.Fields(place.Address, TreeNodePrefix, "a node of chunks");
            prefix.Expect("TREE"u8);
            var (type, level, count) = (prefix.Byte(), prefix.Byte(), prefix.UInt16());
            if (type != 1 || level >= place.Level || !seen.Add(place.Address))
            {
                throw source.NotTheFormat($"a node of chunks has type {type} and level {level}, or comes back to itself", place.Address);
            }

            var start = TreeNodePrefix + (2 * source.OffsetSize);
            var node = source.Fields(
                place.Address + start, (count * (keyLength + source.OffsetSize)) + keyLength, "a node of chunks");
            for (var i = 0; i < count; i++)
            {
                var (length, skipped) = (node.UInt32(), node.UInt32());
                var position = Enumerable.Range(0, rank).Select(_ => node.Variable(8)).ToArray();
                node.Skip(8);
                var child = node.Address();
                if (level > 0)
                {
                    open.Push((child, level));
                    continue;
                }

                yield return new Hdf5Chunk(grid.NumberAt(position, place.Address), child, length, skipped);
            }
        }
    }

    /// <summary>All chunks after each other, as they are when nothing was filtered and all was written at once.</summary>
    public IEnumerable<Hdf5Chunk> OfRow(long address)
    {
        for (var i = 0L; i < grid.Count; i++)
        {
            yield return new Hdf5Chunk(i, address + (i * grid.ChunkBytes), grid.ChunkBytes, 0);
        }
    }

    /// <summary>A fixed array (section VII.C): an entry for each chunk, in pages when there are many.</summary>
    public IEnumerable<Hdf5Chunk> OfFixedArray(long address)
    {
        var header = source.Fields(address, 8 + source.LengthSize + source.OffsetSize, "a list of chunks");
        header.Expect("FAHD"u8);
        header.ExpectVersion(0);
        var isFiltered = header.Byte() == 1;
        var (entry, pageBits) = (header.Byte(), header.Byte());
        var (count, block) = (header.Length(), header.Address());
        var sizeLength = entry - source.OffsetSize - 4;
        if (count != grid.Count || pageBits > 30 || block < 0 || (isFiltered ? sizeLength is < 1 or > 8 : entry != source.OffsetSize))
        {
            throw source.NotTheFormat($"a list of {count} chunks with entries of {entry} bytes does not fit its dataset", address);
        }

        var perPage = 1L << pageBits;
        var pages = count > perPage ? (count + perPage - 1) / perPage : 0;
        var position = block + 6 + source.OffsetSize + ((pages + 7) / 8) + (pages > 0 ? 4 : 0);
        for (var i = 0L; i < count; i++)
        {
            position += pages > 0 && i > 0 && i % perPage == 0 ? 4 : 0;
            var fields = source.Fields(position, entry, "an entry of a list of chunks");
            var place = fields.Address();
            yield return isFiltered
                ? new Hdf5Chunk(i, place, fields.Variable(sizeLength), fields.UInt32())
                : new Hdf5Chunk(i, place, grid.ChunkBytes, 0);
            position += entry;
        }
    }
}
