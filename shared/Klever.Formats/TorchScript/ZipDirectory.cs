using System.Buffers.Binary;

namespace Klever.Formats.TorchScript;

/// <summary>Where the central directory of a zip archive lies (APPNOTE 4.3.14 to 4.3.16, zip64 included).</summary>
/// <remarks>System.IO.Compression.ZipArchive builds an object for each entry before it can be asked for one; an archive with
/// millions of entries would cost memory that no limit of ours could stop.</remarks>
internal sealed record ZipDirectory(long Offset, int Length)
{
    private const uint EndSignature = 0x06054b50;
    private const uint Zip64EndSignature = 0x06064b50;
    private const uint Zip64LocatorSignature = 0x07064b50;
    private const int EndLength = 22;
    private const int Zip64EndLength = 56;
    private const int Zip64LocatorLength = 20;
    private const int MaximumComment = ushort.MaxValue;

    /// <exception cref="ModelReadException">There is none, it lies outside of the file, or it is longer than a document may be.</exception>
    public static ZipDirectory Find(ModelFile file)
    {
        var tailLength = (int)Math.Min(file.Length, MaximumComment + EndLength + Zip64LocatorLength);
        var tailOffset = file.Length - tailLength;
        var tail = ReadAt(file, tailOffset, tailLength);
        var end = FindEnd(tail)
            ?? throw file.NotTheFormat("the zip archive has no end record; the file is cut short or was not closed", file.Length);
        var record = tail.AsSpan(end);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        var limit = tailOffset + end;
        if (length == uint.MaxValue || offset == uint.MaxValue || BinaryPrimitives.ReadUInt16LittleEndian(record[10..]) == ushort.MaxValue)
        {
            (offset, length, limit) = FindZip64(file, tail, end) ?? (offset, length, limit);
        }

        if (offset < 0 || length < 0 || offset > limit || length > limit - offset)
        {
            throw file.NotTheFormat($"the zip directory ({length} bytes at {offset}) does not lie within the file", limit);
        }

        return length <= file.Limits.MaximumDocumentBytes
            ? new ZipDirectory(offset, (int)length)
            : throw file.LimitExceeded($"the zip directory is longer than {file.Limits.MaximumDocumentBytes} bytes", offset);
    }

    internal static byte[] ReadAt(ModelFile file, long offset, int length)
    {
        var bytes = new byte[length];
        file.Content.Position = offset;
        file.Content.ReadExactly(bytes);
        return bytes;
    }

    private static int? FindEnd(ReadOnlySpan<byte> tail)
    {
        for (var i = tail.Length - EndLength; i >= 0; i--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail[i..]) == EndSignature
                && BinaryPrimitives.ReadUInt16LittleEndian(tail[(i + 20)..]) <= tail.Length - i - EndLength)
            {
                return i;
            }
        }

        return null;
    }

    private static (long Offset, long Length, long Limit)? FindZip64(ModelFile file, ReadOnlySpan<byte> tail, int end)
    {
        var locator = end - Zip64LocatorLength;
        if (locator < 0 || BinaryPrimitives.ReadUInt32LittleEndian(tail[locator..]) != Zip64LocatorSignature)
        {
            return null;
        }

        var position = BinaryPrimitives.ReadInt64LittleEndian(tail[(locator + 8)..]);
        if (position < 0 || position > file.Length - Zip64EndLength)
        {
            throw file.NotTheFormat($"the zip64 end record is said to be at {position}, outside of the file");
        }

        ReadOnlySpan<byte> record = ReadAt(file, position, Zip64EndLength);
        return BinaryPrimitives.ReadUInt32LittleEndian(record) == Zip64EndSignature
            ? (BinaryPrimitives.ReadInt64LittleEndian(record[48..]), BinaryPrimitives.ReadInt64LittleEndian(record[40..]), position)
            : throw file.NotTheFormat("no zip64 end record where its locator points", position);
    }
}
