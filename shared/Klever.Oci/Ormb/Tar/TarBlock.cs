namespace Klever.Oci.Ormb.Tar;

/// <summary>Places in a header block (POSIX.1-2017, pax, "ustar Interchange Format").</summary>
internal static class TarBlock
{
    public const int Size = 512;

    public const int NameOffset = 0;
    public const int NameLength = 100;
    public const int ModeOffset = NameOffset + NameLength;
    public const int ModeLength = 8;
    public const int UserOffset = ModeOffset + ModeLength;
    public const int UserLength = 8;
    public const int GroupOffset = UserOffset + UserLength;
    public const int GroupLength = 8;
    public const int SizeOffset = GroupOffset + GroupLength;
    public const int SizeLength = 12;
    public const int TimeOffset = SizeOffset + SizeLength;
    public const int TimeLength = 12;
    public const int ChecksumOffset = TimeOffset + TimeLength;
    public const int ChecksumLength = 8;
    public const int TypeOffset = ChecksumOffset + ChecksumLength;
    public const int LinkOffset = TypeOffset + 1;
    public const int LinkLength = 100;
    public const int MagicOffset = LinkOffset + LinkLength;
    public const int MagicLength = 6;
    public const int VersionOffset = MagicOffset + MagicLength;
    public const int VersionLength = 2;
    public const int OwnerNamesLength = 2 * 32;
    public const int DeviceNumbersLength = 2 * 8;
    public const int PrefixOffset = VersionOffset + VersionLength + OwnerNamesLength + DeviceNumbersLength;
    public const int PrefixLength = 155;

    /// <summary>The largest size that eleven octal digits hold: 8 GiB less one byte.</summary>
    public const long MaximumOctalSize = (1L << 33) - 1;

    /// <summary>POSIX magic; GNU writes two blanks instead of the NUL, and other things where the prefix would be.</summary>
    public static ReadOnlySpan<byte> Magic => "ustar\0"u8;

    /// <summary>Bytes that fill up the last block of an entry.</summary>
    public static int Padding(long length) => (int)((Size - (length % Size)) % Size);

    /// <summary>The sum of all bytes with the checksum field taken as blanks.</summary>
    public static int Checksum(ReadOnlySpan<byte> block)
    {
        var sum = ChecksumLength * ' ';
        for (var i = 0; i < Size; i++)
        {
            sum += i is >= ChecksumOffset and < ChecksumOffset + ChecksumLength ? 0 : block[i];
        }

        return sum;
    }
}
