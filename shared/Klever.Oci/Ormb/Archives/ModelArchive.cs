using Klever.Oci.Ormb.Gzip;
using Klever.Oci.Ormb.Tar;
using Klever.Oci.Ormb.Zip;

namespace Klever.Oci.Ormb.Archives;

/// <summary>Reads archives that people send: what they hold, without trusting it and without unpacking it anywhere.</summary>
public static class ModelArchive
{
    private const int LongestMagic = 262;
    private const int UstarOffset = 257;
    private const int CopyBufferSize = 128 * 1024;

    /// <summary>What the first bytes say.</summary>
    /// <exception cref="ArchiveException">It is none of them.</exception>
    public static ArchiveKind Detect(ByteSource archive)
    {
        var head = archive.Read(0, (int)Math.Min(LongestMagic, archive.Length)).AsSpan();
        return head switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => ArchiveKind.Zip,
            [0x1f, 0x8b, ..] => ArchiveKind.TarGzip,
            { Length: LongestMagic } when head[UstarOffset..].SequenceEqual("ustar"u8) => ArchiveKind.Tar,
            _ => throw new ArchiveException(ModelLayerProblem.NotSupported, "is neither a zip nor a tar, nor a gzip of a tar"),
        };
    }

    /// <summary>The files of a zip or tar. Of a zip only its directory is read, of a tar all of it.</summary>
    /// <exception cref="ArchiveException">It is damaged, unsafe or beyond a limit.</exception>
    public static IReadOnlyList<ArchiveEntry> List(ByteSource archive, ArchiveKind kind, ModelLayerLimits limits)
    {
        try
        {
            return kind switch
            {
                ArchiveKind.Zip => ZipArchiveReader.List(archive, limits),
                ArchiveKind.Tar => ListTar(archive, limits),
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unpack it first."),
            };
        }
        catch (ModelLayerException exception)
        {
            throw ArchiveException.From(exception);
        }
    }

    /// <summary>Unpacks the gzip around a tar.</summary>
    /// <exception cref="ArchiveException">It is damaged, or a bomb.</exception>
    public static void Unpack(Stream packed, Stream target, ModelLayerLimits limits, CancellationToken cancellationToken)
    {
        using var content = new GzipContent(packed, limits);
        var buffer = new byte[CopyBufferSize];
        var total = 0L;
        try
        {
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                total += read;
                if (total > limits.MaximumTotalBytes)
                {
                    throw new ModelLayerException(
                        ModelLayerProblem.LimitExceeded, $"unpacks to more than {limits.MaximumTotalBytes} bytes");
                }

                target.Write(buffer.AsSpan(0, read));
            }
        }
        catch (ModelLayerException exception)
        {
            throw ArchiveException.From(exception);
        }
    }

    private static List<ArchiveEntry> ListTar(ByteSource archive, ModelLayerLimits limits)
    {
        var found = new List<ArchiveEntry>();
        using var whole = new BufferedStream(archive.Open(0, archive.Length), CopyBufferSize);
        using var entries = new TarEntries(whole, limits, isAnywhere: true);
        while (entries.MoveNext())
        {
            if (!entries.IsDirectory)
            {
                var (position, length) = (entries.Content.Position, entries.Content.EntryLength);
                found.Add(new ArchiveEntry(entries.Path, length, () => archive.Open(position, length)));
            }
        }

        return found;
    }
}
