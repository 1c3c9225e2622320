using System.Globalization;
using System.Text;

namespace Klever.Oci.Ormb.Tar;

/// <summary>What an extended header says of the next entry: <c>length key=value\n</c> records (POSIX.1-2017, pax, "pax Extended
/// Header"). Only path and size matter here; times, owners and attributes are passed over.</summary>
internal readonly record struct PaxRecords(string? Path, long? Size, bool IsSparse)
{
    private const int MaximumLengthDigits = 9;

    public static PaxRecords Parse(ReadOnlySpan<byte> body, long position)
    {
        var records = default(PaxRecords);
        while (!body.IsEmpty)
        {
            var (key, value, length) = Next(body, position);
            records = key switch
            {
                "path" => records with { Path = value },
                "size" => records with { Size = ParseSize(value, position) },
                _ when key.StartsWith("GNU.sparse.", StringComparison.Ordinal) => records with { IsSparse = true },
                _ => records,
            };
            body = body[length..];
        }

        return records;
    }

    private static (string Key, string Value, int Length) Next(ReadOnlySpan<byte> body, long position)
    {
        var blank = body[..Math.Min(body.Length, MaximumLengthDigits + 1)].IndexOf((byte)' ');
        if (blank <= 0 || !int.TryParse(body[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length <= blank + 1 || length > body.Length || body[length - 1] != '\n')
        {
            throw Damaged(position);
        }

        var record = body[(blank + 1)..(length - 1)];
        var equals = record.IndexOf((byte)'=');
        if (equals <= 0 || record.Contains((byte)0))
        {
            throw Damaged(position);
        }

        return (Encoding.UTF8.GetString(record[..equals]), TarHeader.Text(record[(equals + 1)..], position), length);
    }

    private static long ParseSize(string text, long position) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw Damaged(position);

    private static ModelLayerException Damaged(long position) => new(
        ModelLayerProblem.Damaged, $"is damaged: the extended tar header at byte {position} is not made of \"length key=value\" lines");
}
