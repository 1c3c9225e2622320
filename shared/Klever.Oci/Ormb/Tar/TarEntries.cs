namespace Klever.Oci.Ormb.Tar;

/// <summary>Goes through an archive front to back: ustar, pax, GNU and V7, whatever Go, GNU tar, bsdtar, Python or .NET write.
/// System.Formats.Tar is not used because it holds an extended header of any size and does not say where an error is.</summary>
/// <param name="isAnywhere">Whether entries may be outside <c>model/</c>.</param>
internal sealed class TarEntries(Stream archive, ModelLayerLimits limits, bool isAnywhere = false) : IDisposable
{
    private const int ExtendedHeaderFactor = 16;
    private const int HeadersForEachEntry = 4;

    private readonly byte[] _block = new byte[TarBlock.Size];
    private readonly TarContent _content = new(archive);
    private readonly EntryPaths _paths = new(limits);
    private long _headers;
    private int _entries;
    private long _total;

    public string Path { get; private set; } = "";

    public bool IsDirectory { get; private set; }

    /// <summary>The bytes of the current entry; they are gone after <see cref="MoveNext"/>.</summary>
    public TarContent Content => _content;

    public bool MoveNext()
    {
        while (NextHeader() is var (header, path))
        {
            if (EntryPath.Check(path, limits, isAnywhere) is { } safePath)
            {
                Begin(header, safePath, IsDirectoryEntry(header, path));
                return true;
            }

            _content.Begin(path, IsDirectoryEntry(header, path) ? 0 : header.Size);
        }

        return false;
    }

    public void Dispose() => _content.Dispose();

    /// <summary>The next header of a file or directory, with what the extended headers before it say; null at the end.</summary>
    private (TarHeader Header, string Path)? NextHeader()
    {
        var pax = default(PaxRecords);
        string? longName = null;
        while (ReadBlock() is { } position)
        {
            var header = TarHeader.Parse(_block, position);
            switch (header.Type)
            {
                case TarType.ExtendedHeader:
                    pax = PaxRecords.Parse(ReadBody(header, position), position);
                    break;
                case TarType.GlobalHeader:
                    CheckGlobal(PaxRecords.Parse(ReadBody(header, position), position), position);
                    break;
                case TarType.GnuLongName:
                    longName = TarHeader.Text(ReadBody(header, position), position);
                    break;
                case TarType.GnuLongLink:
                    ReadBody(header, position);
                    break;
                default:
                    return Combine(header, pax, longName, position);
            }
        }

        return pax != default || longName is not null
            ? throw new ModelLayerException(ModelLayerProblem.Truncated, "ends after an extended tar header that belongs to no entry")
            : null;
    }

    private static (TarHeader Header, string Path) Combine(TarHeader header, PaxRecords pax, string? longName, long position)
    {
        var path = pax.Path ?? longName ?? header.Name;
        TarType.Check(pax.IsSparse ? TarType.GnuSparse : header.Type, path);
        if (pax.Size is { } size)
        {
            // Two sizes for one entry would make two readers see two archives.
            if (header.Size != 0 && header.Size != size && header.Size < TarBlock.MaximumOctalSize)
            {
                throw new ModelLayerException(
                    ModelLayerProblem.Damaged, $"has two sizes, {header.Size} and {size} bytes, in the tar header at byte {position}", path);
            }

            header = header with { Size = size };
        }

        return (header, path);
    }

    private void Begin(TarHeader header, string path, bool isDirectory)
    {
        if (++_entries > limits.MaximumEntries)
        {
            throw new ModelLayerException(ModelLayerProblem.LimitExceeded, $"has more than {limits.MaximumEntries} entries");
        }

        var size = isDirectory ? 0 : header.Size;
        if (size > limits.MaximumEntryBytes)
        {
            throw new ModelLayerException(
                ModelLayerProblem.LimitExceeded, $"has {size} bytes; at most {limits.MaximumEntryBytes} are unpacked", path);
        }

        _total += size;
        if (_total > limits.MaximumTotalBytes)
        {
            throw new ModelLayerException(
                ModelLayerProblem.LimitExceeded, $"holds more than {limits.MaximumTotalBytes} bytes of files");
        }

        _paths.Add(path, isDirectory);
        (Path, IsDirectory) = (path, isDirectory);
        _content.Begin(path, size);
    }

    /// <summary>Reads the next block and gives its position; null at the zero block, or the end of the stream, after the last entry.</summary>
    private long? ReadBlock()
    {
        _content.PassOver();
        var position = _content.Position;
        var read = _content.ReadBlock(_block);
        if (read == 0 || (read == TarBlock.Size && _block.AsSpan().IndexOfAnyExcept((byte)0) < 0))
        {
            return null;
        }

        if (read < TarBlock.Size)
        {
            throw new ModelLayerException(ModelLayerProblem.Truncated, $"ends inside the tar header at byte {position}");
        }

        return ++_headers <= HeadersForEachEntry * (long)limits.MaximumEntries
            ? position
            : throw new ModelLayerException(
                ModelLayerProblem.LimitExceeded, $"has more than {HeadersForEachEntry * (long)limits.MaximumEntries} tar headers");
    }

    private byte[] ReadBody(TarHeader header, long position)
    {
        var maximum = ExtendedHeaderFactor * limits.MaximumPathBytes;
        if (header.Size > maximum)
        {
            throw new ModelLayerException(
                ModelLayerProblem.LimitExceeded,
                $"has an extended tar header of {header.Size} bytes at byte {position}; at most {maximum} are read");
        }

        var body = new byte[header.Size];
        _content.Begin($"extended header at byte {position}", header.Size);
        _content.ReadExactly(body);
        return body;
    }

    private static void CheckGlobal(PaxRecords records, long position)
    {
        if (records != default)
        {
            throw new ModelLayerException(
                ModelLayerProblem.Damaged, $"sets the path or size of all entries in the global tar header at byte {position}");
        }
    }

    private static bool IsDirectoryEntry(TarHeader header, string path) =>
        header.Type == TarType.Directory || (header.Type == TarType.OldFile && path.EndsWith('/'));
}
