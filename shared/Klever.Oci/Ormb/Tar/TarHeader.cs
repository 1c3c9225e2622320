using System.Buffers.Binary;
using System.Text;

namespace Klever.Oci.Ormb.Tar;

/// <summary>One header block: what of it matters to a reader of files.</summary>
internal readonly record struct TarHeader(string Name, char Type, long Size)
{
    private const byte Base256Mark = 0x80;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="position">Where the block stands in the archive; named in errors.</param>
    public static TarHeader Parse(ReadOnlySpan<byte> block, long position)
    {
        var stored = Number(block.Slice(TarBlock.ChecksumOffset, TarBlock.ChecksumLength), "checksum", position);
        if (stored != TarBlock.Checksum(block))
        {
            throw Damaged($"is damaged: the tar header at byte {position} does not have its checksum");
        }

        var name = Text(block.Slice(TarBlock.NameOffset, TarBlock.NameLength), position);
        if (block.Slice(TarBlock.MagicOffset, TarBlock.MagicLength).SequenceEqual(TarBlock.Magic)
            && Text(block.Slice(TarBlock.PrefixOffset, TarBlock.PrefixLength), position) is { Length: > 0 } prefix)
        {
            name = $"{prefix}/{name}";
        }

        var size = Number(block.Slice(TarBlock.SizeOffset, TarBlock.SizeLength), "size", position);
        return new TarHeader(name, (char)block[TarBlock.TypeOffset], size);
    }

    /// <summary>UTF-8 text up to the first NUL.</summary>
    public static string Text(ReadOnlySpan<byte> field, long position)
    {
        var end = field.IndexOf((byte)0);
        try
        {
            return StrictUtf8.GetString(end < 0 ? field : field[..end]);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ModelLayerException(
                ModelLayerProblem.UnsafePath, $"has a name that is not UTF-8 in the tar header at byte {position}", inner: exception);
        }
    }

    // Octal digits between blanks and NULs; or, in GNU archives, a big-endian integer behind the bit 0x80.
    private static long Number(ReadOnlySpan<byte> field, string name, long position)
    {
        if ((field[0] & Base256Mark) != 0)
        {
            return field[0] == Base256Mark && field[..^8].IndexOfAnyExcept((byte)0, Base256Mark) < 0
                && BinaryPrimitives.ReadInt64BigEndian(field[^8..]) is >= 0 and var large
                    ? large
                    : throw Damaged($"is damaged: the {name} in the tar header at byte {position} is negative or has more than 63 bits");
        }

        var value = 0L;
        foreach (var digit in field.Trim([(byte)' ', (byte)0]))
        {
            value = digit is >= (byte)'0' and <= (byte)'7'
                ? (value << 3) | (uint)(digit - '0')
                : throw Damaged($"is damaged: the {name} in the tar header at byte {position} is not octal");
        }

        return value;
    }

    private static ModelLayerException Damaged(string reason) => new(ModelLayerProblem.Damaged, reason);
}
