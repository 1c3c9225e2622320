namespace Klever.Formats.Hdf5;

/// <summary>Parses an attribute message, versions 1 to 3 (specification, section IV.A.2.m).</summary>
internal static class Hdf5AttributeMessage
{
    private const int SharedDatatypeOrDataspace = 3;

    /// <returns>The attribute, or null when it has another name; those are not parsed further.</returns>
    public static Hdf5Attribute? ReadIfNamed(Hdf5Source source, Hdf5Fields fields, string name)
    {
        var address = fields.Position;
        var version = fields.Byte();
        if (version is < 1 or > 3)
        {
            throw source.NotSupported($"an attribute message has version {version}; versions 1 to 3 are read", address);
        }

        var flags = fields.Byte();
        var nameLength = fields.UInt16();
        var datatypeLength = fields.UInt16();
        var dataspaceLength = fields.UInt16();
        fields.Skip(version == 3 ? 1 : 0);
        var found = fields.Text(Padded(nameLength));
        if (found != name)
        {
            return null;
        }

        if (version > 1 && (flags & SharedDatatypeOrDataspace) != 0)
        {
            throw source.NotSupported($"attribute {name} is of a committed datatype", address);
        }

        var datatype = Hdf5Datatype.Read(fields.Part(Padded(datatypeLength), "a datatype"));
        var dataspace = Hdf5Dataspace.Read(source, fields.Part(Padded(dataspaceLength), "a dataspace"));
        return new Hdf5Attribute(source, name, datatype, dataspace, fields.Take(fields.Remaining), address);

        int Padded(int length) => version == 1 ? (length + 7) & ~7 : length;
    }
}
