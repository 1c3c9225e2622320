namespace Klever.Oci.Ormb.Zip;

/// <summary>Records and fields of a zip (APPNOTE.TXT 6.3.10, section 4.3); offsets are from the beginning of a record.</summary>
internal static class ZipFormat
{
    public const uint LocalSignature = 0x04034b50;
    public const uint DescriptorSignature = 0x08074b50;
    public const uint CentralSignature = 0x02014b50;
    public const uint EndSignature = 0x06054b50;
    public const uint End64Signature = 0x06064b50;
    public const uint Locator64Signature = 0x07064b50;

    public const int LocalLength = 30;
    public const int CentralLength = 46;
    public const int EndLength = 22;
    public const int End64Length = 56;
    public const int Locator64Length = 20;

    /// <summary>Of the data descriptor with 8 byte sizes and its signature, the longest there is.</summary>
    public const int LongestDescriptor = 24;

    public const ushort Extra64 = 0x0001;

    public const ushort Stored = 0;
    public const ushort Deflated = 8;

    public const ushort FlagEncrypted = 1 | (1 << 6) | (1 << 13);
    public const ushort FlagDescriptor = 1 << 3;
    public const ushort FlagUtf8 = 1 << 11;

    public const ushort Version20 = 20;
    public const ushort Version45 = 45;

    /// <summary>Means that the true value is in a zip64 record.</summary>
    public const uint In64 = uint.MaxValue;

    /// <summary>1 January 1980, the first day there is.</summary>
    public const ushort FirstDate = (1 << 5) | 1;

    // The upper byte of "version made by" that says the attributes are of Unix, and what of them is the type.
    public const int MadeOnUnix = 3;
    public const int UnixTypeMask = 0xF000;
    public const int UnixDirectory = 0x4000;
    public const int UnixFile = 0x8000;
    public const int UnixLink = 0xA000;
}
