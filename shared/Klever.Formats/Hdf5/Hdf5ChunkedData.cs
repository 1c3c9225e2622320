namespace Klever.Formats.Hdf5;

/// <summary>The elements of a dataset in chunks, read in order: the chunks that lie beside each other along the first axis are held at
/// once, until the last of them was read.</summary>
internal sealed class Hdf5ChunkedData(Hdf5Source source, Hdf5ChunkGrid grid, Hdf5Filters filters, IReadOnlyList<Hdf5Chunk> chunks)
{
    private byte[] _band = [];
    private long _bandNumber = -1;

    public void Read(long offset, Span<byte> target)
    {
        var bandBytes = grid.Chunk[0] * grid.RowBytes;
        while (target.Length > 0)
        {
            var (number, start) = Math.DivRem(offset, bandBytes);
            Load(number);
            var count = Math.Min(target.Length, _band.Length - (int)start);
            _band.AsSpan((int)start, count).CopyTo(target);
            target = target[count..];
            offset += count;
        }

        if (offset == grid.Dimensions[0] * grid.RowBytes)
        {
            (_band, _bandNumber) = ([], -1);
        }
    }

    private void Load(long number)
    {
        if (number == _bandNumber)
        {
            return;
        }

        var rows = Math.Min(grid.Chunk[0], grid.Dimensions[0] - (number * grid.Chunk[0]));
        _band = new byte[rows * grid.RowBytes];
        _bandNumber = number;
        var perBand = chunks.Count / (int)grid.Counts[0];
        for (var i = 0; i < perBand; i++)
        {
            var chunk = chunks[(int)(number * perBand) + i];
            var stored = source.Read(chunk.Address, chunk.Length, Hdf5ChunkGrid.MaximumBytes, "a chunk", isData: true);
            Spread(filters.Undo(stored, chunk.SkippedFilters, grid.ChunkBytes, chunk.Address), i, rows);
        }
    }

    // Copies the rows of a chunk along the last axis to where they belong.
    private void Spread(byte[] chunk, long number, long rows)
    {
        var rank = grid.Dimensions.Count;
        var first = new long[rank];
        for (var axis = rank - 1; axis > 0; axis--)
        {
            (number, var step) = Math.DivRem(number, grid.Counts[axis]);
            first[axis] = step * grid.Chunk[axis];
        }

        long[] size = [rows, .. grid.Dimensions.Skip(1)];
        var width = rank == 1 ? size[0] : Math.Min(grid.Chunk[^1], size[^1] - first[^1]);
        var lines = chunk.Length / (int)(grid.Chunk[^1] * grid.ElementSize);
        for (var line = 0; line < lines; line++)
        {
            if (TargetOf(line, first, size) is >= 0 and var target)
            {
                chunk.AsSpan((int)(line * grid.Chunk[^1] * grid.ElementSize), (int)width * grid.ElementSize)
                    .CopyTo(_band.AsSpan((int)(target * grid.ElementSize)));
            }
        }
    }

    // The element at which a line of a chunk begins, or -1 when it lies behind the end.
    private long TargetOf(long line, long[] first, long[] size)
    {
        var (target, step) = (first[^1], size[^1]);
        for (var axis = size.Length - 2; axis >= 0; axis--)
        {
            (line, var inside) = Math.DivRem(line, grid.Chunk[axis]);
            if (first[axis] + inside >= size[axis])
            {
                return -1;
            }

            target += (first[axis] + inside) * step;
            step *= size[axis];
        }

        return target;
    }
}
