namespace Klever.Formats.Hdf5;

/// <summary>Bounded random access to an HDF5 file. Addresses are relative to the superblock, as the file holds them;
/// what is read of the structure is counted, so that no arrangement of pointers makes a reader go on for
/// ever.</summary>
internal sealed class Hdf5Source(ModelFile file)
{
    /// <summary>Bytes of one block of structure: a header block, a B-tree node, an indirect block.</summary>
    public const int MaximumBlockBytes = 8 * 1024 * 1024;

    /// <summary>Reads of structure in one file; a network of 10 000 weights takes about 200 000.</summary>
    public const int MaximumReads = 1_000_000;

    private long _metadataBytes;
    private int _reads;
    private Hdf5GlobalHeap? _globalHeap;

    /// <summary>Text of variable length.</summary>
    public Hdf5GlobalHeap GlobalHeap => _globalHeap ??= new Hdf5GlobalHeap(this);

    /// <summary>Where the superblock stands: after the user block, if there is one.</summary>
    public long Base { get; set; }

    /// <summary>Bytes of an address in this file.</summary>
    public int OffsetSize { get; set; } = 8;

    /// <summary>Bytes of a length in this file.</summary>
    public int LengthSize { get; set; } = 8;

    public ReadLimits Limits => file.Limits;

    /// <summary>Bytes from the superblock to the end of the file.</summary>
    public long Length => file.Length - Base;

    /// <summary>Reads a block of structure and gives a cursor over it.</summary>
    /// <param name="what">Named in errors.</param>
    public Hdf5Fields Fields(long address, long count, string what) =>
        new(this, Read(address, count, MaximumBlockBytes, what), address, what);

    /// <summary>Reads structure or text.</summary>
    /// <param name="maximum">Bytes; more is an error that names the limit.</param>
    /// <param name="isData">Elements of a dataset, which are not counted as structure.</param>
    public byte[] Read(long address, long count, int maximum, string what, bool isData = false)
    {
        if (count > maximum)
        {
            throw LimitExceeded($"{what} has {count} bytes; at most {maximum} are read", address);
        }

        Require(address, count, what);
        Charge(isData ? 0 : count, address);
        var bytes = new byte[count];
        Fill(address, bytes);
        return bytes;
    }

    /// <summary>Reads elements of a dataset, which are not counted as structure.</summary>
    public void ReadData(long address, Span<byte> target)
    {
        Require(address, target.Length, "a dataset");
        Fill(address, target);
    }

    /// <summary>Counts bytes of structure that are held.</summary>
    public void Charge(long count, long address)
    {
        _metadataBytes += count;
        if (_metadataBytes > file.Limits.MaximumMetadataBytes)
        {
            throw LimitExceeded($"more than {file.Limits.MaximumMetadataBytes} bytes of structure", address);
        }

        if (++_reads > MaximumReads)
        {
            throw LimitExceeded($"more than {MaximumReads} pieces of structure", address);
        }
    }

    public ModelReadException NotTheFormat(string problem, long address) => file.NotTheFormat(problem, Base + address);

    public ModelReadException NotSupported(string problem, long address) => file.NotSupported(problem, Base + address);

    public ModelReadException LimitExceeded(string limit, long address) => file.LimitExceeded(limit, Base + address);

    private void Require(long address, long count, string what)
    {
        if (address < 0 || count < 0 || address > Length || count > Length - address)
        {
            var place = address < 0 ? "at no valid address" : $"at address {address} with {count} bytes";
            throw file.NotTheFormat($"{what} {place} lies outside of the file of {file.Length} bytes");
        }
    }

    private void Fill(long address, Span<byte> target)
    {
        file.Content.Position = Base + address;
        var read = file.Content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length)
        {
            throw NotTheFormat($"the file ends before its {file.Length} bytes", address + read);
        }
    }
}
