namespace Klever.Formats.Hdf5;

/// <summary>How a dataset is cut into chunks of one size; those at its end reach over it.</summary>
internal sealed class Hdf5ChunkGrid
{
    /// <summary>Bytes of one chunk, and of a row of chunks that is held while it is read.</summary>
    public const int MaximumBytes = 256 * 1024 * 1024;

    private readonly Hdf5Source _source;

    public Hdf5ChunkGrid(
        Hdf5Source source, IReadOnlyList<long> dimensions, IReadOnlyList<long> chunk, int elementSize, long address)
    {
        (_source, Dimensions, Chunk, ElementSize) = (source, dimensions, chunk, elementSize);
        if (dimensions.Count == 0 || chunk.Count != dimensions.Count || chunk.Any(size => size is <= 0 or > MaximumBytes))
        {
            throw source.NotTheFormat(
                $"a dataset of [{string.Join(", ", dimensions)}] has chunks of [{string.Join(", ", chunk)}]", address);
        }

        Counts = [.. dimensions.Zip(chunk, (size, length) => ((size - 1) / length) + 1)];
        var bytes = Product(chunk) * elementSize;
        var band = Product(dimensions.Skip(1)) * Math.Min(chunk[0], dimensions[0]) * elementSize;
        if (bytes > MaximumBytes || band > MaximumBytes)
        {
            throw source.LimitExceeded($"a dataset has chunks of {bytes} bytes; at most {MaximumBytes} are read at once", address);
        }

        ChunkBytes = (int)bytes;
        RowBytes = (int)(Product(dimensions.Skip(1)) * elementSize);
        Count = (long)Int128.Min(Product(Counts), long.MaxValue);
    }

    public IReadOnlyList<long> Dimensions { get; }

    public IReadOnlyList<long> Chunk { get; }

    public int ElementSize { get; }

    /// <summary>Chunks along each axis.</summary>
    public IReadOnlyList<long> Counts { get; }

    public int ChunkBytes { get; }

    /// <summary>Bytes of one step along the first axis.</summary>
    public int RowBytes { get; }

    /// <summary>Chunks in all.</summary>
    public long Count { get; }

    /// <summary>The number of the chunk that begins at a position.</summary>
    public long NumberAt(long[] position, long address)
    {
        var number = 0L;
        for (var axis = 0; axis < position.Length; axis++)
        {
            var (step, rest) = Math.DivRem(position[axis], Chunk[axis]);
            if (rest != 0 || step >= Counts[axis])
            {
                throw _source.NotTheFormat($"a chunk stands at [{string.Join(", ", position)}]", address);
            }

            number = (number * Counts[axis]) + step;
        }

        return number;
    }

    private static Int128 Product(IEnumerable<long> sizes) => sizes.Aggregate((Int128)1, (product, size) => product * size);
}
