using System.Buffers.Binary;
using Klever.Oci.Ormb.Archives;

namespace Klever.Oci.Ormb.Zip;

/// <summary>One record of a zip's central directory.</summary>
internal sealed record ZipCentralHeader
{
    private const int MadeByOffset = 5;
    private const int FlagsOffset = 8;
    private const int MethodOffset = 10;
    private const int ChecksumOffset = 16;
    private const int PackedLengthOffset = 20;
    private const int LengthOffset = 24;
    private const int AttributesOffset = 38;
    private const int LocalOffset = 42;

    // Of a deflate stream without content; packers write two bytes, or five.
    private const int LongestEmpty = 16;

    public required byte[] RawName { get; init; }

    public ushort Flags { get; init; }

    public ushort Method { get; init; }

    public uint Checksum { get; init; }

    public long PackedLength { get; private set; }

    public long Length { get; private set; }

    /// <summary>Of the local header.</summary>
    public long Offset { get; private set; }

    // Zero where the archive was not made on Unix.
    private int UnixType { get; init; }

    public static ZipCentralHeader Parse(ReadOnlySpan<byte> record, byte[] name, ReadOnlySpan<byte> extra)
    {
        var attributes = BinaryPrimitives.ReadUInt32LittleEndian(record[AttributesOffset..]);
        var header = new ZipCentralHeader
        {
            RawName = name,
            Flags = BinaryPrimitives.ReadUInt16LittleEndian(record[FlagsOffset..]),
            Method = BinaryPrimitives.ReadUInt16LittleEndian(record[MethodOffset..]),
            Checksum = BinaryPrimitives.ReadUInt32LittleEndian(record[ChecksumOffset..]),
            PackedLength = BinaryPrimitives.ReadUInt32LittleEndian(record[PackedLengthOffset..]),
            Length = BinaryPrimitives.ReadUInt32LittleEndian(record[LengthOffset..]),
            Offset = BinaryPrimitives.ReadUInt32LittleEndian(record[LocalOffset..]),
            UnixType = record[MadeByOffset] == ZipFormat.MadeOnUnix ? (int)(attributes >> 16) & ZipFormat.UnixTypeMask : 0,
        };
        header.Take(ZipExtra64.Read(extra));
        return header;
    }

    /// <exception cref="ArchiveException">It is a link or another special file, packed in a way that is not read, or contradicts itself.</exception>
    public void Check(string name)
    {
        var isDirectory = name.EndsWith('/');
        var (problem, text) = this switch
        {
            { UnixType: ZipFormat.UnixLink } => (ModelLayerProblem.Link, "is a symbolic link; a model holds files and directories only"),
            { UnixType: ZipFormat.UnixDirectory } when !isDirectory => (ModelLayerProblem.SpecialEntry, "is a directory by its attributes and a file by its name"),
            { UnixType: not (0 or ZipFormat.UnixFile or ZipFormat.UnixDirectory) } => (ModelLayerProblem.SpecialEntry, "is a device or another special file"),
            { Flags: var flags } when (flags & ZipFormat.FlagEncrypted) != 0 => (ModelLayerProblem.NotSupported, "is encrypted"),
            { Method: not (ZipFormat.Stored or ZipFormat.Deflated) } => (ModelLayerProblem.NotSupported, $"is packed by method {Method}; stored and deflated are read"),
            { Method: ZipFormat.Stored } when PackedLength != Length => Lies(),
            _ when PackedLength < 0 || Length < 0 || Offset < 0 => Lies(),
            _ when Length == 0 && (Checksum != 0 || PackedLength > LongestEmpty) => Lies(),
            _ when isDirectory && Length != 0 => Lies(),
            _ => (default, null),
        };
        if (text is not null)
        {
            throw new ArchiveException(problem, text, name);
        }

        static (ModelLayerProblem Problem, string Text) Lies() => (ModelLayerProblem.Damaged, "has sizes that contradict each other");
    }

    private void Take(ZipExtra64 extra)
    {
        Length = Length == ZipFormat.In64 ? extra.Next() : Length;
        PackedLength = PackedLength == ZipFormat.In64 ? extra.Next() : PackedLength;
        Offset = Offset == ZipFormat.In64 ? extra.Next() : Offset;
    }
}
