using System.Buffers.Binary;
using Klever.Oci.Ormb.Archives;

namespace Klever.Oci.Ormb.Zip;

/// <summary>Where the central directory of a zip is, by its last records.</summary>
internal sealed record ZipDirectory(long Offset, long Length, long Entries)
{
    private const int LongestComment = ushort.MaxValue;
    private const int EntriesOffset = 10;
    private const int LengthOffset = 12;
    private const int OffsetOffset = 16;
    private const int CommentOffset = 20;
    private const int Entries64Offset = 32;
    private const int Length64Offset = 40;
    private const int Offset64Offset = 48;

    /// <exception cref="ArchiveException">There is none, or its records contradict each other.</exception>
    public static ZipDirectory Find(ByteSource archive)
    {
        var length = (int)Math.Min(archive.Length, ZipFormat.EndLength + LongestComment + ZipFormat.Locator64Length);
        var start = archive.Length - length;
        var tail = archive.Read(start, length);
        var at = FindEnd(tail);
        var end = tail.AsSpan(at);
        var short32 = new ZipDirectory(
            BinaryPrimitives.ReadUInt32LittleEndian(end[OffsetOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(end[LengthOffset..]),
            BinaryPrimitives.ReadUInt16LittleEndian(end[EntriesOffset..]));
        var directory = at >= ZipFormat.Locator64Length && Locator(tail.AsSpan(at - ZipFormat.Locator64Length)) is { } position
            ? Read64(archive, position, start + at - ZipFormat.Locator64Length, short32)
            : short32.EndsAt(start + at);
        return directory.Offset >= 0 && directory.Length >= directory.Entries * ZipFormat.CentralLength
            ? directory
            : throw Wrong("its directory cannot hold as many entries as it says");
    }

    private static int FindEnd(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - ZipFormat.EndLength; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail[at..]) == ZipFormat.EndSignature
                && BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + CommentOffset)..]) == tail.Length - at - ZipFormat.EndLength)
            {
                return at;
            }
        }

        throw new ArchiveException(
            ModelLayerProblem.Truncated, "has no zip directory at its end; it was cut off, or something follows it");
    }

    private static long? Locator(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadUInt32LittleEndian(record) == ZipFormat.Locator64Signature
            ? BinaryPrimitives.ReadInt64LittleEndian(record[8..])
            : null;

    private static ZipDirectory Read64(ByteSource archive, long position, long locator, ZipDirectory short32)
    {
        if (position < 0 || position > locator - ZipFormat.End64Length)
        {
            throw Wrong("its zip64 record is not where it should be");
        }

        var record = archive.Read(position, ZipFormat.End64Length).AsSpan();
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != ZipFormat.End64Signature)
        {
            throw Wrong("its zip64 record is not where it should be");
        }

        var directory = new ZipDirectory(
            BinaryPrimitives.ReadInt64LittleEndian(record[Offset64Offset..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[Length64Offset..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[Entries64Offset..]));
        return Agree(short32.Offset, directory.Offset, ZipFormat.In64) && Agree(short32.Length, directory.Length, ZipFormat.In64)
            && Agree(short32.Entries, directory.Entries, ushort.MaxValue)
            ? directory.EndsAt(position)
            : throw Wrong("its two directory records contradict each other");
    }

    private static bool Agree(long short32, long long64, long escape) => short32 == escape || short32 == long64;

    // Bytes between would make two readers see two archives.
    private ZipDirectory EndsAt(long position) => Offset >= 0 && Length >= 0 && Entries >= 0 && Offset == position - Length
        ? this
        : throw Wrong("its directory does not end where its last record begins");

    private static ArchiveException Wrong(string problem) => new(ModelLayerProblem.Damaged, $"is damaged: {problem}");
}
