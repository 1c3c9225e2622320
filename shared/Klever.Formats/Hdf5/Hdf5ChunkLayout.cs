namespace Klever.Formats.Hdf5;

/// <summary>The data layout message of a dataset in chunks (specification, section IV.A.2.i, versions 3 and 4).</summary>
internal static class Hdf5ChunkLayout
{
    private const int ChunkedClass = 2;
    private const int SingleFilteredFlag = 2;

    /// <returns>Null for a dataset that is stored otherwise.</returns>
    public static Hdf5ChunkedData? Read(
        Hdf5Source source, Hdf5Fields layout, Hdf5Fields? filters, Hdf5Dataspace space, int elementSize)
    {
        var version = layout.Byte();
        if (version is not (3 or 4) || layout.Byte() != ChunkedClass)
        {
            return null;
        }

        var flags = version == 4 ? layout.Byte() : 0;
        var rank = layout.Byte() - 1;
        if (space.Count <= 0 || rank < 1)
        {
            return null;
        }

        var address = version == 3 ? layout.Address() : Hdf5Fields.Undefined;
        var width = version == 4 ? layout.Byte() : 4;
        if (width is < 1 or > 8)
        {
            throw source.NotTheFormat($"the sizes of chunks have {width} bytes", layout.Position);
        }

        long[] chunk = [.. Enumerable.Range(0, rank).Select(_ => layout.Variable(width))];
        layout.Skip(width);
        var grid = new Hdf5ChunkGrid(source, space.Dimensions, chunk, elementSize, layout.Position);
        var index = new Hdf5ChunkIndex(source, grid);
        var chunks = version == 3 ? index.OfTree(address) : Listed(source, layout, index, grid, (flags & SingleFilteredFlag) != 0);
        return new Hdf5ChunkedData(
            source, grid, Hdf5Filters.Read(source, filters, elementSize), Complete(source, grid, chunks, layout.Position));
    }

    private static IEnumerable<Hdf5Chunk> Listed(
        Hdf5Source source, Hdf5Fields layout, Hdf5ChunkIndex index, Hdf5ChunkGrid grid, bool isFiltered)
    {
        var type = layout.Byte();
        switch (type)
        {
            case 1:
                var (length, skipped) = isFiltered ? (layout.Length(), layout.UInt32()) : (grid.ChunkBytes, 0L);
                return [new Hdf5Chunk(0, layout.Address(), length, skipped)];
            case 2:
                return index.OfRow(layout.Address());
            case 3:
                layout.Skip(1);
                return index.OfFixedArray(layout.Address());
            default:
                throw source.NotSupported("a dataset in chunks can grow; store it with a fixed size", layout.Position);
        }
    }

    // Each chunk is there once, and together they are no longer than the file: so what is read stays in proportion to it.
    private static Hdf5Chunk[] Complete(
        Hdf5Source source, Hdf5ChunkGrid grid, IEnumerable<Hdf5Chunk> chunks, long address)
    {
        if (grid.Count > Hdf5Source.MaximumReads)
        {
            throw source.LimitExceeded($"a dataset has {grid.Count} chunks; at most {Hdf5Source.MaximumReads} are read", address);
        }

        var found = new Hdf5Chunk?[grid.Count];
        var total = 0L;
        foreach (var chunk in chunks)
        {
            total += chunk.Length;
            if (chunk.Number >= grid.Count || found[chunk.Number] is not null || chunk.Length < 0 || total > source.Length)
            {
                throw source.NotTheFormat("the chunks of a dataset overlap or lie outside of it", address);
            }

            found[chunk.Number] = chunk;
        }

        return Array.Exists(found, chunk => chunk is not { Address: >= 0 })
            ? throw source.NotTheFormat("a chunk of a dataset was never written", address)
            : [.. found.Select(chunk => chunk!.Value)];
    }
}
