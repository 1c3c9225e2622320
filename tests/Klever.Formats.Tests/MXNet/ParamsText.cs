using System.Text;

namespace Klever.Formats.Tests.MXNet;

/// <summary>Writes <c>.params</c> files of every version.</summary>
internal sealed class ParamsText
{
    private readonly List<byte[]> _arrays = [];
    private readonly List<string> _names = [];

    public ParamsText Add(string name, int version, long[] size, int typeFlag = 0, int elementBytes = 4)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        if (version > 0)
        {
            writer.Write(0xF993FAC7u + (uint)version);
        }

        if (version > 1)
        {
            writer.Write(0);
        }

        writer.Write(size.Length);
        foreach (var dimension in size)
        {
            WriteDimension(writer, version, dimension);
        }

        writer.Write(1);
        writer.Write(0);
        writer.Write(typeFlag);
        writer.Write(new byte[size.Aggregate(1L, (product, dimension) => product * dimension) * elementBytes]);
        return AddRaw(name, bytes.ToArray());
    }

    public ParamsText AddRaw(string name, byte[] array)
    {
        _arrays.Add(array);
        _names.Add(name);
        return this;
    }

    public byte[] ToArray(bool withNames = true)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(0x112UL);
        writer.Write(0UL);
        writer.Write((ulong)_arrays.Count);
        _arrays.ForEach(writer.Write);
        writer.Write((ulong)(withNames ? _names.Count : 0));
        foreach (var name in _names.Where(_ => withNames))
        {
            writer.Write((ulong)Encoding.UTF8.GetByteCount(name));
            writer.Write(Encoding.UTF8.GetBytes(name));
        }

        return bytes.ToArray();
    }

    private static void WriteDimension(BinaryWriter writer, int version, long dimension)
    {
        if (version == 0)
        {
            writer.Write((uint)dimension);
            return;
        }

        writer.Write(dimension);
    }
}
