using System.Buffers.Binary;
using System.Text;
using Klever.Oci.Ormb.Archives;
using Klever.Oci.Ormb.Tar;

namespace Klever.Oci.Ormb.Zip;

/// <summary>Lists the files of a zip by its central directory. System.IO.Compression.ZipArchive is not used because it holds a
/// directory of any size, believes lengths and checksums, and opens overlapping entries.</summary>
internal sealed class ZipArchiveReader
{
    private const int NameLengthOffset = 28;
    private const int ExtraLengthOffset = 30;
    private const int CommentLengthOffset = 32;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ModelLayerLimits _limits;
    private readonly EntryPaths _paths;
    private readonly List<ZipEntry> _files = [];
    private readonly List<(long Offset, long End)> _spans = [];

    private ZipArchiveReader(ModelLayerLimits limits) => (_limits, _paths) = (limits, new EntryPaths(limits));

    /// <exception cref="ArchiveException">It is damaged, unsafe or beyond a limit.</exception>
    /// <exception cref="ModelLayerException">A path is unsafe or there twice.</exception>
    public static IReadOnlyList<ArchiveEntry> List(ByteSource archive, ModelLayerLimits limits)
    {
        var directory = ZipDirectory.Find(archive);
        if (directory.Entries > limits.MaximumEntries)
        {
            throw new ArchiveException(
                ModelLayerProblem.LimitExceeded, $"has {directory.Entries} entries; at most {limits.MaximumEntries} are taken");
        }

        var reader = new ZipArchiveReader(limits);
        reader.ReadDirectory(archive, directory);
        reader.CheckSizes(archive.Length);
        return [.. reader.Bounded(directory).Select(
            entry => new ArchiveEntry(entry.Path, entry.Length, () => new ZipContent(archive, entry)))];
    }

    private void ReadDirectory(ByteSource archive, ZipDirectory directory)
    {
        using var records = new BufferedStream(archive.Open(directory.Offset, directory.Length), 128 * 1024);
        var header = new byte[ZipFormat.CentralLength];
        var read = 0L;
        for (var i = 0L; i < directory.Entries; i++)
        {
            records.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) != ZipFormat.CentralSignature)
            {
                throw Damaged($"entry {i} of its directory is not one");
            }

            var name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(NameLengthOffset))];
            var extra = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(ExtraLengthOffset))];
            var comment = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(CommentLengthOffset))];
            read += header.Length + name.Length + extra.Length + comment.Length;
            if (read > directory.Length)
            {
                throw Damaged("its directory is longer than its last record says");
            }

            records.ReadExactly(name);
            records.ReadExactly(extra);
            records.ReadExactly(comment);
            Add(ZipCentralHeader.Parse(header, name, extra));
        }

        if (read != directory.Length)
        {
            throw Damaged("its directory holds more than the entries that its last record counts");
        }
    }

    private void Add(ZipCentralHeader header)
    {
        var name = Name(header);
        header.Check(name);
        _spans.Add((header.Offset, header.Offset + ZipFormat.LocalLength + header.RawName.Length + header.PackedLength));
        if (EntryPath.Check(name, _limits, isAnywhere: true) is not { } path)
        {
            return;
        }

        var isDirectory = name.EndsWith('/');
        _paths.Add(path, isDirectory);
        if (header.Length > _limits.MaximumEntryBytes)
        {
            throw new ArchiveException(
                ModelLayerProblem.LimitExceeded, $"has {header.Length} bytes; at most {_limits.MaximumEntryBytes} are taken", path);
        }

        if (!isDirectory)
        {
            _files.Add(new ZipEntry(
                path, header.RawName, header.Flags, header.Method, header.Checksum, header.PackedLength, header.Length, header.Offset));
        }
    }

    private static string Name(ZipCentralHeader header)
    {
        try
        {
            return Utf8.GetString(header.RawName);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ArchiveException(
                ModelLayerProblem.UnsafePath, "has a name that is not UTF-8", Encoding.Latin1.GetString(header.RawName), exception);
        }
    }

    private void CheckSizes(long archiveLength)
    {
        var total = _files.Aggregate(0.0, (sum, file) => sum + file.Length);
        if (total > _limits.MaximumTotalBytes)
        {
            throw new ArchiveException(
                ModelLayerProblem.LimitExceeded, $"unpacks to more than {_limits.MaximumTotalBytes} bytes");
        }

        if (total > _limits.RatioFreeBytes && total / archiveLength > _limits.MaximumRatio)
        {
            throw new ArchiveException(
                ModelLayerProblem.LimitExceeded, $"unpacks to more than {_limits.MaximumRatio} times its size");
        }
    }

    // Entries that share bytes are how a small archive unpacks to a huge one.
    private IEnumerable<ZipEntry> Bounded(ZipDirectory directory)
    {
        var spans = _spans.OrderBy(span => span.Offset).ToList();
        var limits = new Dictionary<long, long>(spans.Count);
        for (var i = 0; i < spans.Count; i++)
        {
            var limit = i + 1 < spans.Count ? spans[i + 1].Offset : directory.Offset;
            if (spans[i].End > limit || spans[i].Offset < 0)
            {
                throw new ArchiveException(ModelLayerProblem.Damaged, "has entries that overlap each other or its directory");
            }

            limits[spans[i].Offset] = limit;
        }

        return _files.Select(file => file with { Limit = limits[file.Offset] });
    }

    private static ArchiveException Damaged(string problem) => new(ModelLayerProblem.Damaged, $"is damaged: {problem}");
}
