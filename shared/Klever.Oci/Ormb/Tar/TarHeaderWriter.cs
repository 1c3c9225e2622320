using System.Globalization;
using System.Text;

namespace Klever.Oci.Ormb.Tar;

/// <summary>Writes headers that depend on path and length alone: no times, no owners, one mode. What ustar cannot hold goes into
/// an extended header of a fixed name (System.Formats.Tar names it by the process id, so that no two archives are equal).</summary>
internal static class TarHeaderWriter
{
    private const string ExtendedHeaderName = "PaxHeaders/entry";

    public static void WriteFile(Stream archive, string path, long length)
    {
        var name = Encoding.UTF8.GetBytes(path);
        var isLongName = name.Length > TarBlock.NameLength || name.Any(b => b >= 0x80);
        var isLarge = length > TarBlock.MaximumOctalSize;
        if (isLongName || isLarge)
        {
            var records = (isLongName ? Record("path", path) : "")
                + (isLarge ? Record("size", length.ToString(CultureInfo.InvariantCulture)) : "");
            var body = Encoding.UTF8.GetBytes(records);
            WriteBlock(archive, Encoding.UTF8.GetBytes(ExtendedHeaderName), body.Length, TarType.ExtendedHeader);
            archive.Write(body);
            archive.Write(new byte[TarBlock.Padding(body.Length)]);
        }

        var shortName = isLongName ? Encoding.ASCII.GetBytes(path)[..Math.Min(path.Length, TarBlock.NameLength)] : name;
        WriteBlock(archive, shortName, isLarge ? 0 : length, TarType.File);
    }

    /// <summary>Two zero blocks.</summary>
    public static void WriteEnd(Stream archive) => archive.Write(new byte[2 * TarBlock.Size]);

    private static void WriteBlock(Stream archive, ReadOnlySpan<byte> name, long size, char type)
    {
        Span<byte> block = stackalloc byte[TarBlock.Size];
        block.Clear();
        name.CopyTo(block[TarBlock.NameOffset..]);
        Octal(block.Slice(TarBlock.ModeOffset, TarBlock.ModeLength), Convert.ToInt32("644", fromBase: 8));
        Octal(block.Slice(TarBlock.UserOffset, TarBlock.UserLength), 0);
        Octal(block.Slice(TarBlock.GroupOffset, TarBlock.GroupLength), 0);
        Octal(block.Slice(TarBlock.SizeOffset, TarBlock.SizeLength), size);
        Octal(block.Slice(TarBlock.TimeOffset, TarBlock.TimeLength), 0);
        block[TarBlock.TypeOffset] = (byte)type;
        TarBlock.Magic.CopyTo(block[TarBlock.MagicOffset..]);
        block.Slice(TarBlock.VersionOffset, TarBlock.VersionLength).Fill((byte)'0');
        Octal(block.Slice(TarBlock.ChecksumOffset, TarBlock.ChecksumLength - 1), TarBlock.Checksum(block));
        block[TarBlock.ChecksumOffset + TarBlock.ChecksumLength - 1] = (byte)' ';
        archive.Write(block);
    }

    // All digits that the field has room for, and a NUL.
    private static void Octal(Span<byte> field, long value)
    {
        for (var i = field.Length - 2; i >= 0; i--, value >>= 3)
        {
            field[i] = (byte)('0' + (value & 7));
        }

        field[^1] = 0;
    }

    // "length key=value\n", where the length counts its own digits.
    private static string Record(string key, string value)
    {
        var rest = Encoding.UTF8.GetByteCount($" {key}={value}\n");
        var length = rest + Digits(rest);
        length = rest + Digits(length);
        return $"{length} {key}={value}\n";

        static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;
    }
}
