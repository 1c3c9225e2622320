using System.Text;

namespace Klever.Formats.MXNet;

/// <summary>Reads which arrays a <c>.params</c> file holds (MXNet, <c>NDArray::Save</c> of any version). Elements are
/// passed over.</summary>
internal static class ParamsReader
{
    private const ulong ListMagic = 0x112;
    private const ulong SwappedListMagic = 0x1201_0000_0000_0000;
    private const int ZipMagic = 0x04034B50;
    private const int BytesPerArray = 256;

    /// <exception cref="ModelReadException">It is not such a file, or is damaged.</exception>
    public static IReadOnlyList<ParamsEntry> Read(ModelFile file)
    {
        var cursor = new ParamsCursor(file);
        ReadHeader(file, cursor);
        var count = ReadCount(cursor, "arrays");
        var arrays = new List<ParamsEntry>();
        for (var i = 0L; i < count; i++)
        {
            cursor.Hold(BytesPerArray);
            arrays.Add(NDArrayReader.Read(cursor, file.Limits.MaximumRank, i));
        }

        ReadNames(cursor, arrays);
        return arrays;
    }

    private static void ReadHeader(ModelFile file, ParamsCursor cursor)
    {
        var magic = cursor.UInt64("the header");
        if ((uint)magic == ZipMagic)
        {
            throw file.NotSupported(
                "these are the zipped arrays (.npz) of MXNet 2; save them with MXNet 1.x, as arrays of NDArray");
        }

        if (magic == SwappedListMagic)
        {
            throw file.NotSupported("the arrays were written on a big-endian machine");
        }

        if (magic != ListMagic)
        {
            throw file.NotTheFormat(
                $"the file begins with 0x{magic:x}, not with 0x{ListMagic:x}, so it holds no MXNet arrays", offset: 0);
        }

        cursor.UInt64("the header");
    }

    private static long ReadCount(ParamsCursor cursor, string what)
    {
        var start = cursor.Position;
        var count = cursor.UInt64($"the number of {what}");
        return count <= (ulong)cursor.MaximumCount
            ? (long)count
            : throw cursor.LimitExceeded($"{count} {what}; at most {cursor.MaximumCount} are read", start);
    }

    private static void ReadNames(ParamsCursor cursor, List<ParamsEntry> arrays)
    {
        var start = cursor.Position;
        var count = ReadCount(cursor, "names");
        if (count != 0 && count != arrays.Count)
        {
            throw cursor.NotTheFormat($"{arrays.Count} arrays have {count} names", start);
        }

        for (var i = 0; i < count; i++)
        {
            arrays[i] = arrays[i] with { Name = Encoding.UTF8.GetString(cursor.Name($"the name of array {i}")) };
        }
    }
}
