using System.Buffers.Binary;
using Klever.Oci.Ormb.Archives;

namespace Klever.Oci.Ormb.Zip;

/// <summary>The zip64 extra field (section 4.5.3): 8 bytes for each value that its record has no room for, in a fixed order.</summary>
internal ref struct ZipExtra64
{
    private const int FieldHeaderLength = 4;
    private ReadOnlySpan<byte> _values;

    /// <summary>Finds it among the extra fields of a record.</summary>
    public static ZipExtra64 Read(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= FieldHeaderLength)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - FieldHeaderLength);
            if (id == ZipFormat.Extra64)
            {
                return new ZipExtra64 { _values = extra.Slice(FieldHeaderLength, length) };
            }

            extra = extra[(FieldHeaderLength + length)..];
        }

        return default;
    }

    public long Next()
    {
        if (_values.Length < sizeof(long))
        {
            throw new ArchiveException(ModelLayerProblem.Damaged, "is damaged: a zip64 size or position is missing");
        }

        var value = BinaryPrimitives.ReadInt64LittleEndian(_values);
        _values = _values[sizeof(long)..];
        return value;
    }
}
