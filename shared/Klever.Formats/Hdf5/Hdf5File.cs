namespace Klever.Formats.Hdf5;

/// <summary>An HDF5 file: finds the superblock and opens the root group.</summary>
/// <remarks>Written for what Keras files hold, from "HDF5 File Format Specification 3.0": superblocks 0 to 3, object
/// headers 1 and 2, compact and dense attributes and links, symbol tables, contiguous and compact datasets. Chunked or
/// filtered data, shared messages, external and soft links are named and refused. A general HDF5 library is not used
/// here, because one that recurses over pointers of the file can be driven into a stack overflow, which no caller can
/// catch.</remarks>
internal static class Hdf5File
{
    private const int MaximumUserBlock = 1 << 30;
    private static readonly byte[] Signature = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="ModelReadException">There is no HDF5 superblock.</exception>
    public static Hdf5Object OpenRoot(ModelFile file)
    {
        var source = new Hdf5Source(file) { Base = FindSuperblock(file) };
        var version = source.Read(Signature.Length, 1, maximum: 1, "the superblock")[0];
        var root = version switch
        {
            0 or 1 => ReadFirst(source, version),
            2 or 3 => ReadSecond(source),
            _ => throw source.NotSupported(
                $"the superblock has version {version}; versions 0 to 3 are read", Signature.Length),
        };
        return new Hdf5Object(source, root);
    }

    // The superblock stands at 0, 512, 1024, 2048 and so on; what is before it belongs to the user.
    private static long FindSuperblock(ModelFile file)
    {
        var bytes = new byte[Signature.Length];
        for (long position = 0; position <= MaximumUserBlock && position + bytes.Length <= file.Length;)
        {
            file.Content.Position = position;
            file.Content.ReadExactly(bytes);
            if (bytes.AsSpan().SequenceEqual(Signature))
            {
                return position;
            }

            position = position == 0 ? 512 : position * 2;
        }

        throw file.NotTheFormat("it is not an HDF5 file: no superblock is found", offset: 0);
    }

    private static long ReadFirst(Hdf5Source source, int version)
    {
        const int MaximumLength = 128;
        var fields = source.Fields(0, Math.Min(MaximumLength, source.Length), "the superblock");
        fields.Skip(13);
        ReadSizes(source, fields);
        fields.Skip(1 + 2 + 2 + 4 + (version == 1 ? 4 : 0));
        fields.Skip(5L * source.OffsetSize);
        return fields.Address();
    }

    private static long ReadSecond(Hdf5Source source)
    {
        const int MaximumLength = 48;
        var fields = source.Fields(0, Math.Min(MaximumLength, source.Length), "the superblock");
        fields.Skip(9);
        ReadSizes(source, fields);
        fields.Skip(1 + (3L * source.OffsetSize));
        return fields.Address();
    }

    private static void ReadSizes(Hdf5Source source, Hdf5Fields fields)
    {
        source.OffsetSize = fields.Byte();
        source.LengthSize = fields.Byte();
        if (source.OffsetSize is not (2 or 4 or 8) || source.LengthSize is not (2 or 4 or 8))
        {
            throw source.NotTheFormat(
                $"the superblock gives {source.OffsetSize} bytes for addresses and {source.LengthSize} for lengths",
                fields.Position);
        }
    }
}
