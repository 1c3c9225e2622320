using System.Buffers.Binary;
using System.IO.Compression;

namespace Klever.Formats.TorchScript;

/// <summary>The zip archive of a TorchScript model: its structure files by name, read one at a time and never the weights.</summary>
/// <remarks>Checksums are not compared: torch writes made-up ones when it is told to skip their computation.</remarks>
internal sealed class TorchArchive
{
    public const string DataPickle = "data.pkl";
    public const string TracedInputsPickle = "traced_inputs.pkl";
    public const string CodeDirectory = "code/";

    /// <summary>Bytes of one pickle, inflated.</summary>
    public const int MaximumPickleBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of all the code that is looked at, inflated.</summary>
    public const int MaximumCodeBytes = 8 * 1024 * 1024;

    private const uint LocalSignature = 0x04034b50;
    private const int LocalLength = 30;

    private readonly ModelFile _file;
    private readonly ZipDirectory _directory;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);
    private int _codeBytes;

    private TorchArchive(ModelFile file, ZipDirectory directory) => (_file, _directory) = (file, directory);

    public ModelFile File => _file;

    /// <exception cref="ModelReadException">It is another kind of file, and which; or the archive is damaged.</exception>
    public static TorchArchive Open(ModelFile file)
    {
        OtherFile.Refuse(file);
        var archive = new TorchArchive(file, ZipDirectory.Find(file));
        archive.Collect();
        return archive;
    }

    /// <summary>Where in the file an entry begins; for messages.</summary>
    public long? Position(string name) => _entries.GetValueOrDefault(name)?.HeaderOffset;

    public byte[]? TryReadPickle(string name) => _entries.TryGetValue(name, out var entry) ? Read(entry, MaximumPickleBytes) : null;

    /// <param name="name">Path in the archive without its top folder, such as <c>code/__torch__.py</c>.</param>
    public byte[]? TryReadCode(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        var code = Read(entry, MaximumCodeBytes - _codeBytes);
        _codeBytes += code.Length;
        return code;
    }

    private void Collect()
    {
        string? top = null;
        var kinds = new OtherArchive();
        foreach (var entry in ZipEntries.Read(_file, _directory))
        {
            top ??= entry.Name[..(entry.Name.IndexOf('/', StringComparison.Ordinal) + 1)];
            var name = entry.Name.StartsWith(top, StringComparison.Ordinal) ? entry.Name[top.Length..] : entry.Name;
            kinds.Note(name);
            if (IsStructure(name) && !_entries.TryAdd(name, entry))
            {
                throw _file.NotTheFormat($"the zip archive holds {Models.Excerpt.Of(entry.Name)} twice", entry.HeaderOffset);
            }
        }

        kinds.Refuse(_file, top ?? "");
    }

    private static bool IsStructure(string name) =>
        name is DataPickle or TracedInputsPickle
        || (name.StartsWith(CodeDirectory, StringComparison.Ordinal) && name.EndsWith(".py", StringComparison.Ordinal));

    private byte[] Read(ZipEntry entry, int maximum)
    {
        var name = Models.Excerpt.Of(entry.Name);
        if (entry.IsEncrypted || entry.Method is not (ZipEntry.Stored or ZipEntry.Deflated))
        {
            throw _file.NotSupported(
                entry.IsEncrypted ? $"{name} is encrypted" : $"{name} is packed with zip method {entry.Method}", entry.HeaderOffset);
        }

        if (entry.Length > maximum || entry.CompressedLength > maximum)
        {
            throw _file.LimitExceeded($"{name} is longer than {maximum} bytes", entry.HeaderOffset);
        }

        var packed = ZipDirectory.ReadAt(_file, FindContent(entry, name), (int)entry.CompressedLength);
        var content = entry.Method == ZipEntry.Stored ? packed : Inflate(packed, (int)entry.Length);
        return content?.Length == entry.Length
            ? content
            : throw _file.NotTheFormat($"{name} does not hold the {entry.Length} bytes that the zip directory says", entry.HeaderOffset);
    }

    private long FindContent(ZipEntry entry, string name)
    {
        if (entry.HeaderOffset > _directory.Offset - LocalLength)
        {
            throw _file.NotTheFormat($"{name} begins after the last byte of the archive's files", entry.HeaderOffset);
        }

        ReadOnlySpan<byte> header = ZipDirectory.ReadAt(_file, entry.HeaderOffset, LocalLength);
        var content = entry.HeaderOffset + LocalLength
            + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(header) == LocalSignature && entry.CompressedLength <= _directory.Offset - content
            ? content
            : throw _file.NotTheFormat($"{name} is not where the zip directory says", entry.HeaderOffset);
    }

    /// <returns>Null when the bytes cannot be inflated or are more than <paramref name="length"/>.</returns>
    private static byte[]? Inflate(byte[] packed, int length)
    {
        var content = new byte[length];
        using var stream = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        try
        {
            var read = stream.ReadAtLeast(content, length, throwOnEndOfStream: false);
            return read == length && stream.ReadByte() < 0 ? content : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
