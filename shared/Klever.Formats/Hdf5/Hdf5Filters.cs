using System.IO.Compression;

namespace Klever.Formats.Hdf5;

/// <summary>What was done to each chunk of a dataset when it was written (specification, section IV.A.2.l): deflate, shuffle and a
/// checksum are undone.</summary>
internal sealed class Hdf5Filters(Hdf5Source source, IReadOnlyList<int> filters, int elementSize)
{
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Checksum = 3;
    private const int ChecksumLength = 4;
    private const int MaximumFilters = 32;
    private const int FirstNamedFilter = 256;

    public static Hdf5Filters Read(Hdf5Source source, Hdf5Fields? fields, int elementSize)
    {
        if (fields is null)
        {
            return new Hdf5Filters(source, [], elementSize);
        }

        var version = fields.Byte();
        var count = fields.Byte();
        if (version is not (1 or 2) || count > MaximumFilters)
        {
            throw source.NotSupported($"filters of version {version}, {count} of them", fields.Position);
        }

        fields.Skip(version == 1 ? 6 : 0);
        var filters = new int[count];
        for (var i = 0; i < count; i++)
        {
            filters[i] = ReadOne(source, fields, version);
        }

        return new Hdf5Filters(source, filters, elementSize);
    }

    /// <summary>The bytes of a chunk as they were before they were filtered.</summary>
    /// <param name="skipped">A bit for each filter that this chunk was not put through.</param>
    /// <param name="length">Bytes that the chunk has to have in the end.</param>
    public byte[] Undo(byte[] bytes, long skipped, int length, long address)
    {
        for (var i = filters.Count - 1; i >= 0; i--)
        {
            if ((skipped & (1L << i)) == 0)
            {
                bytes = filters[i] switch
                {
                    Deflate => Inflate(bytes, length + ChecksumLength, address),
                    Shuffle => Unshuffle(bytes),
                    _ => bytes[..Math.Max(0, bytes.Length - ChecksumLength)],
                };
            }
        }

        return bytes.Length == length
            ? bytes
            : throw source.NotTheFormat($"a chunk has {bytes.Length} bytes, and should have {length}", address);
    }

    private static int ReadOne(Hdf5Source source, Hdf5Fields fields, int version)
    {
        var id = fields.UInt16();
        if (id is not (Deflate or Shuffle or Checksum))
        {
            throw source.NotSupported($"a dataset has the filter {id}; store it without, or with gzip", fields.Position);
        }

        var nameLength = version == 1 || id >= FirstNamedFilter ? fields.UInt16() : 0;
        fields.Skip(2);
        var values = fields.UInt16();
        fields.Skip(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength);
        fields.Skip((values * 4L) + (version == 1 && values % 2 == 1 ? 4 : 0));
        return id;
    }

    private byte[] Inflate(byte[] bytes, int maximum, long address)
    {
        try
        {
            using var inflated = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
            var result = new byte[maximum];
            var length = inflated.ReadAtLeast(result, maximum, throwOnEndOfStream: false);
            return result[..length];
        }
        catch (InvalidDataException exception)
        {
            throw source.NotTheFormat($"a chunk is no deflated data ({exception.Message})", address);
        }
    }

    // The first bytes of all elements come first, then their second ones, and so on.
    private byte[] Unshuffle(byte[] bytes)
    {
        var count = bytes.Length / elementSize;
        var result = bytes.ToArray();
        for (var i = 0; i < count; i++)
        {
            for (var part = 0; part < elementSize; part++)
            {
                result[(i * elementSize) + part] = bytes[(part * count) + i];
            }
        }

        return result;
    }
}
