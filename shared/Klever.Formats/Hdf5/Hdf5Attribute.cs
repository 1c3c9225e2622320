using System.Text;

namespace Klever.Formats.Hdf5;

/// <summary>An attribute of an object: its type, its dimensions and where its elements are.</summary>
internal sealed class Hdf5Attribute(
    Hdf5Source source, string name, Hdf5Datatype datatype, Hdf5Dataspace dataspace, ReadOnlyMemory<byte> data,
    long address)
{
    public long Address => address;

    public IReadOnlyList<long> Dimensions => dataspace.Dimensions;

    /// <summary>The bytes of a scalar text, without what pads them.</summary>
    /// <param name="maximum">Bytes; a longer text is an error that names the limit.</param>
    public byte[] ReadText(int maximum)
    {
        if (dataspace.Count != 1)
        {
            throw source.NotTheFormat(
                $"attribute {name} should be one text, and has {dataspace.Count} elements", address);
        }

        return Element(0, maximum);
    }

    /// <summary>All elements of an array of text; none when it is empty, whatever its type.</summary>
    public IReadOnlyList<string> ReadTexts()
    {
        if (dataspace.Count == 0)
        {
            return [];
        }

        if (dataspace.Count < 0 || dataspace.Count > data.Length / Math.Max(1, datatype.Size))
        {
            throw source.NotTheFormat(
                $"attribute {name} has {dataspace.Count} elements in {data.Length} bytes", address);
        }

        var texts = new string[dataspace.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            var bytes = Element(i, source.Limits.MaximumNameBytes);
            source.Charge(2L * bytes.Length, address);
            texts[i] = Encoding.UTF8.GetString(bytes);
        }

        return texts;
    }

    private byte[] Element(int index, int maximum)
    {
        var fields = new Hdf5Fields(source, data, address, $"attribute {name}");
        fields.Skip((long)index * datatype.Size);
        if (datatype.IsFixedText)
        {
            return datatype.Size <= maximum
                ? Unpadded(fields.Take(datatype.Size).Span)
                : throw source.LimitExceeded(
                    $"attribute {name} has {datatype.Size} bytes; at most {maximum} are read", address);
        }

        if (!datatype.IsVariableText)
        {
            throw source.NotTheFormat($"attribute {name} is not text", address);
        }

        var length = fields.UInt32();
        var heap = fields.Address();
        var entry = (int)Math.Min(fields.UInt32(), int.MaxValue);
        return length == 0 ? [] : Unpadded(source.GlobalHeap.Read(heap, entry, length, maximum, $"attribute {name}"));
    }

    private static byte[] Unpadded(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)0);
        return (end < 0 ? text : text[..end]).TrimEnd((byte)' ').ToArray();
    }
}
