using Klever.Formats.Shapes;

namespace Klever.Formats.Hdf5;

/// <summary>A dataspace message (specification, section IV.A.2.b): dimensions, none for a scalar.</summary>
/// <param name="Count">Elements; 0 for a null dataspace, -1 when their number does not fit 63 bits.</param>
internal sealed record Hdf5Dataspace(IReadOnlyList<long> Dimensions, long Count)
{
    private const int NullType = 2;

    public static Hdf5Dataspace Read(Hdf5Source source, Hdf5Fields fields)
    {
        const int MaximumRank = 32;
        var version = fields.Byte();
        var rank = fields.Byte();
        var flags = fields.Byte();
        if (version is not (1 or 2))
        {
            throw source.NotSupported($"a dataspace has version {version}; versions 1 and 2 are read", fields.Position);
        }

        if (rank > MaximumRank || flags > 3)
        {
            throw source.NotTheFormat($"a dataspace has {rank} dimensions; HDF5 allows {MaximumRank}", fields.Position);
        }

        var type = version == 1 ? 0 : fields.Byte();
        fields.Skip(version == 1 ? 5 : 0);
        if (type == NullType)
        {
            return new Hdf5Dataspace([0], 0);
        }

        var dimensions = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            dimensions[i] = fields.Length();
        }

        return new Hdf5Dataspace(dimensions, Window.Product(dimensions));
    }
}
