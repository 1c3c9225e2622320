using System.Buffers.Binary;

namespace Klever.Oci.Ormb.Zip;

/// <summary>The records that <see cref="ZipWriter"/> writes around the content.</summary>
internal static class ZipRecords
{
    private const ushort Flags = ZipFormat.FlagDescriptor | ZipFormat.FlagUtf8;

    public static void WriteLocal(Stream target, byte[] name, bool isLarge)
    {
        var record = new ZipRecord(stackalloc byte[ZipFormat.LocalLength + 20]);
        record.Put(ZipFormat.LocalSignature);
        record.Put(isLarge ? ZipFormat.Version45 : ZipFormat.Version20);
        record.Put(Flags);
        record.Put(ZipFormat.Deflated);
        record.Put((ushort)0);
        record.Put(ZipFormat.FirstDate);
        record.Put(0u); // The descriptor has the checksum and the sizes.
        record.Put(isLarge ? ZipFormat.In64 : 0u);
        record.Put(isLarge ? ZipFormat.In64 : 0u);
        record.Put((ushort)name.Length);
        record.Put((ushort)(isLarge ? 20 : 0));
        target.Write(record.Written);
        target.Write(name);
        if (isLarge)
        {
            var extra = new ZipRecord(stackalloc byte[20]);
            extra.Put(ZipFormat.Extra64);
            extra.Put((ushort)16);
            extra.Put(0L);
            extra.Put(0L);
            target.Write(extra.Written);
        }
    }

    public static void WriteDescriptor(Stream target, ZipWritten entry, bool isLarge)
    {
        var record = new ZipRecord(stackalloc byte[ZipFormat.LongestDescriptor]);
        record.Put(ZipFormat.DescriptorSignature);
        record.Put(entry.Checksum);
        if (isLarge)
        {
            record.Put(entry.PackedLength);
            record.Put(entry.Length);
        }
        else
        {
            record.Put((uint)entry.PackedLength);
            record.Put((uint)entry.Length);
        }

        target.Write(record.Written);
    }

    public static void WriteCentral(Stream target, ZipWritten entry)
    {
        var extra = new ZipRecord(stackalloc byte[28]);
        extra.Put(ZipFormat.Extra64);
        extra.Put((ushort)0);
        var (length, packed, offset) = (Short(entry.Length, ref extra), Short(entry.PackedLength, ref extra), Short(entry.Offset, ref extra));
        var values = extra.Written.Length - 4;
        BinaryPrimitives.WriteUInt16LittleEndian(extra.Written[2..], (ushort)values);

        var record = new ZipRecord(stackalloc byte[ZipFormat.CentralLength]);
        record.Put(ZipFormat.CentralSignature);
        record.Put((ushort)((ZipFormat.MadeOnUnix << 8) | ZipFormat.Version45));
        record.Put(values > 0 ? ZipFormat.Version45 : ZipFormat.Version20);
        record.Put(Flags);
        record.Put(ZipFormat.Deflated);
        record.Put((ushort)0);
        record.Put(ZipFormat.FirstDate);
        record.Put(entry.Checksum);
        record.Put(packed);
        record.Put(length);
        record.Put((ushort)entry.Name.Length);
        record.Put((ushort)(values > 0 ? extra.Written.Length : 0));
        record.Put((ushort)0); // comment
        record.Put((ushort)0); // disk
        record.Put((ushort)0); // internal attributes
        record.Put((uint)(ZipFormat.UnixFile | Convert.ToInt32("644", fromBase: 8)) << 16);
        record.Put(offset);
        target.Write(record.Written);
        target.Write(entry.Name);
        target.Write(values > 0 ? extra.Written : []);
    }

    public static void WriteEnd(Stream target, int entries, long offset, long length)
    {
        if (entries >= ushort.MaxValue || offset >= ZipFormat.In64 || length >= ZipFormat.In64)
        {
            WriteEnd64(target, entries, offset, length);
        }

        var record = new ZipRecord(stackalloc byte[ZipFormat.EndLength]);
        record.Put(ZipFormat.EndSignature);
        record.Put(0u); // disks
        record.Put((ushort)Math.Min(entries, ushort.MaxValue));
        record.Put((ushort)Math.Min(entries, ushort.MaxValue));
        record.Put((uint)Math.Min(length, ZipFormat.In64));
        record.Put((uint)Math.Min(offset, ZipFormat.In64));
        record.Put((ushort)0); // comment
        target.Write(record.Written);
    }

    private static void WriteEnd64(Stream target, int entries, long offset, long length)
    {
        var record = new ZipRecord(stackalloc byte[ZipFormat.End64Length + ZipFormat.Locator64Length]);
        record.Put(ZipFormat.End64Signature);
        record.Put((long)ZipFormat.End64Length - 12); // bytes after this field
        record.Put((ushort)((ZipFormat.MadeOnUnix << 8) | ZipFormat.Version45));
        record.Put(ZipFormat.Version45);
        record.Put(0L); // disks
        record.Put((long)entries);
        record.Put((long)entries);
        record.Put(length);
        record.Put(offset);
        record.Put(ZipFormat.Locator64Signature);
        record.Put(0u);
        record.Put(offset + length);
        record.Put(1u);
        target.Write(record.Written);
    }

    private static uint Short(long value, ref ZipRecord extra)
    {
        if (value < ZipFormat.In64)
        {
            return (uint)value;
        }

        extra.Put(value);
        return ZipFormat.In64;
    }
}
