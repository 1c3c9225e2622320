using System.Numerics;

namespace Klever.Formats.Hdf5;

/// <summary>The type, dimensions and place of a dataset's elements.</summary>
/// <param name="DType">A numpy name.</param>
/// <param name="Address">Of the elements; <see cref="Hdf5Fields.Undefined"/> when none were ever written, which are
/// zeros then.</param>
/// <param name="Chunks">The elements of a dataset that is stored in chunks.</param>
internal sealed record Hdf5Dataset(
    Hdf5Source Source, string DType, int ElementSize, bool IsBigEndian, IReadOnlyList<long> Dimensions, long Count,
    long Address, Hdf5ChunkedData? Chunks = null)
{
    /// <summary>Copies elements, little-endian, from the byte <paramref name="offset"/> of the data.</summary>
    public void Read(long offset, Span<byte> target)
    {
        if (Address == Hdf5Fields.Undefined)
        {
            target.Clear();
            return;
        }

        if (Chunks is null)
        {
            Source.ReadData(Address + offset, target);
        }
        else
        {
            Chunks.Read(offset, target);
        }

        for (var i = 0; IsBigEndian && i < target.Length; i += ElementSize)
        {
            target.Slice(i, ElementSize).Reverse();
        }
    }

    internal static Hdf5Dataset Read(Hdf5Source source, List<Hdf5Message> messages, long address)
    {
        var type = Hdf5Datatype.Read(Require(Hdf5Message.Datatype, "a datatype"));
        var space = Hdf5Dataspace.Read(source, Require(Hdf5Message.Dataspace, "a dataspace"));
        var name = type.NumpyName
            ?? throw source.NotSupported(
                $"a dataset has elements of HDF5 class {type.Class} with {type.Size} bytes", address);
        var layout = Require(Hdf5Message.Layout, "a data layout");
        var filters = messages.Find(message => message.Type == Hdf5Message.Filters)?.Open(source, "filters");
        if (Hdf5ChunkLayout.Read(source, layout, filters, space, type.Size) is { } chunks)
        {
            return new Hdf5Dataset(source, name, type.Size, type.IsBigEndian, space.Dimensions, space.Count, address, chunks);
        }

        var (data, length) = ReadLayout(source, Require(Hdf5Message.Layout, "a data layout"));
        if (space.Count < 0 || (BigInteger)space.Count * type.Size > (
            data == Hdf5Fields.Undefined ? long.MaxValue : length))
        {
            throw source.NotTheFormat($"a dataset of {space.Count} elements has {length} bytes", address);
        }

        return new Hdf5Dataset(source, name, type.Size, type.IsBigEndian, space.Dimensions, space.Count, data);

        Hdf5Fields Require(int wanted, string what) =>
            messages.Find(message => message.Type == wanted)?.Open(source, what)
            ?? throw source.NotTheFormat($"a dataset has no {what[2..]}", address);
    }

    // Specification, section IV.A.2.i.
    private static (long Address, long Length) ReadLayout(Hdf5Source source, Hdf5Fields fields)
    {
        var version = fields.Byte();
        if (version is < 1 or > 4)
        {
            throw source.NotSupported(
                $"a data layout has version {version}; versions 1 to 4 are read", fields.Position);
        }

        if (version < 3)
        {
            return ReadOldLayout(source, fields);
        }

        switch (fields.Byte())
        {
            case 0:
                var size = fields.UInt16();
                return (fields.Position, size);
            case 1:
                return (fields.Address(), fields.Length());
            default:
                throw source.NotSupported("a dataset is virtual; store it contiguously", fields.Position);
        }
    }

    private static (long Address, long Length) ReadOldLayout(Hdf5Source source, Hdf5Fields fields)
    {
        var rank = fields.Byte();
        var layout = fields.Byte();
        fields.Skip(5);
        switch (layout)
        {
            case 0:
                fields.Skip(4L * rank);
                var size = fields.UInt32();
                return (fields.Position, size);
            case 1:
                return (fields.Address(), source.Length);
            default:
                throw source.NotSupported("a dataset is chunked; store it contiguously", fields.Position);
        }
    }
}
