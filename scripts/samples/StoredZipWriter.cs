using System.Buffers.Binary;
using System.Text;

namespace Klever.Samples;

/// <summary>Writes a zip archive as torch does: entries stored, their bytes beginning at a multiple of 64, no times.</summary>
public sealed class StoredZipWriter
{
    private const int Alignment = 64;
    private const int LocalLength = 30;
    private const int DirectoryLength = 46;
    private const int EndLength = 22;
    private const ushort PaddingField = 0x4246; // "FB", torch's own
    private const uint Polynomial = 0xedb88320;

    private readonly List<byte> _archive = [];
    private readonly List<byte> _directory = [];
    private ushort _count;

    public StoredZipWriter Add(string name, ReadOnlySpan<byte> content)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var begin = _archive.Count;
        var padding = Padding(begin + LocalLength + nameBytes.Length + 4);
        var checksum = Checksum(content);

        var local = new byte[LocalLength];
        BinaryPrimitives.WriteUInt32LittleEndian(local, 0x04034b50);
        WriteCommon(local.AsSpan(4), checksum, content.Length, nameBytes.Length, padding + 4);
        _archive.AddRange(local);
        _archive.AddRange(nameBytes);
        var extra = new byte[4 + padding];
        BinaryPrimitives.WriteUInt16LittleEndian(extra, PaddingField);
        BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(2), (ushort)padding);
        extra.AsSpan(4).Fill((byte)'Z');
        _archive.AddRange(extra);
        _archive.AddRange(content);

        var header = new byte[DirectoryLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x02014b50);
        WriteCommon(header.AsSpan(6), checksum, content.Length, nameBytes.Length, extraLength: 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(42), begin);
        _directory.AddRange(header);
        _directory.AddRange(nameBytes);
        _count++;
        return this;
    }

    public StoredZipWriter Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    public byte[] ToArray()
    {
        var end = new byte[EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), _count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), _count);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), _directory.Count);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), _archive.Count);
        return [.. _archive, .. _directory, .. end];
    }

    /// <summary>The fields that a local header and a directory entry have in common, in the same order.</summary>
    private static void WriteCommon(Span<byte> target, uint checksum, int length, int nameLength, int extraLength)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target[10..], checksum);
        BinaryPrimitives.WriteInt32LittleEndian(target[14..], length);
        BinaryPrimitives.WriteInt32LittleEndian(target[18..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(target[22..], (ushort)nameLength);
        BinaryPrimitives.WriteUInt16LittleEndian(target[24..], (ushort)extraLength);
    }

    private static int Padding(int position) => (Alignment - (position % Alignment)) % Alignment;

    private static uint Checksum(ReadOnlySpan<byte> content)
    {
        var checksum = uint.MaxValue;
        foreach (var value in content)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                checksum = (checksum & 1) == 0 ? checksum >> 1 : (checksum >> 1) ^ Polynomial;
            }
        }

        return ~checksum;
    }
}
