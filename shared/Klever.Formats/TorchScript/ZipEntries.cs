using System.Buffers.Binary;
using System.Text;

namespace Klever.Formats.TorchScript;

/// <summary>Reads the headers of a central directory one after the other (APPNOTE 4.3.12).</summary>
internal static class ZipEntries
{
    private const uint HeaderSignature = 0x02014b50;
    private const int HeaderLength = 46;
    private const ushort Zip64Field = 0x0001;

    public static IEnumerable<ZipEntry> Read(ModelFile file, ZipDirectory directory)
    {
        var bytes = ZipDirectory.ReadAt(file, directory.Offset, directory.Length);
        var position = 0;
        while (position < bytes.Length)
        {
            var place = directory.Offset + position;
            if (bytes.Length - position < HeaderLength
                || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(position)) != HeaderSignature)
            {
                throw file.NotTheFormat("the zip directory holds something that is not an entry", place);
            }

            var header = bytes.AsSpan(position);
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
            var length = HeaderLength + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
            if (length > header.Length)
            {
                throw file.NotTheFormat("an entry of the zip directory ends after the directory", place);
            }

            yield return ReadEntry(file, header[..length], nameLength, extraLength, place);
            position += length;
        }
    }

    private static ZipEntry ReadEntry(ModelFile file, ReadOnlySpan<byte> header, int nameLength, int extraLength, long place)
    {
        long length = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        long compressed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
        var name = Encoding.UTF8.GetString(header.Slice(HeaderLength, nameLength));
        var wide = FindZip64(header.Slice(HeaderLength + nameLength, extraLength));
        if (!Widen(ref length, ref wide) || !Widen(ref compressed, ref wide) || !Widen(ref offset, ref wide))
        {
            throw file.NotTheFormat("an entry of the zip directory has a zip64 field that does not fit", place);
        }

        return new ZipEntry(
            name,
            Flags: BinaryPrimitives.ReadUInt16LittleEndian(header[8..]),
            Method: BinaryPrimitives.ReadUInt16LittleEndian(header[10..]),
            compressed,
            length,
            offset);
    }

    private static ReadOnlySpan<byte> FindZip64(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var size = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == Zip64Field)
            {
                return extra.Slice(4, size);
            }

            extra = extra[(4 + size)..];
        }

        return [];
    }

    /// <summary>A 32-bit field of all ones continues in the zip64 field, which holds such values in order.</summary>
    private static bool Widen(ref long value, ref ReadOnlySpan<byte> wide)
    {
        if (value != uint.MaxValue)
        {
            return true;
        }

        if (wide.Length < sizeof(long))
        {
            return wide.IsEmpty;
        }

        value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[sizeof(long)..];
        return value >= 0;
    }
}
