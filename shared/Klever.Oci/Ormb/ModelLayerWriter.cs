using System.IO.Compression;
using Klever.Oci.Ormb.Gzip;
using Klever.Oci.Ormb.Tar;

namespace Klever.Oci.Ormb;

/// <summary>Packs the files of a model into a layer. Equal files give equal bytes, and so an equal digest, whenever and by
/// whomever they are packed with one version of this program.</summary>
public static class ModelLayerWriter
{
    private const int BufferSize = 128 * 1024;

    /// <param name="model">What to pack.</param>
    /// <param name="layer">Receives the packed bytes; stays open.</param>
    /// <param name="level">How hard to compress. The fastest stores what hardly shrinks, which is the right thing for
    /// weights nearly always.</param>
    /// <param name="progress">Hears of the bytes read of the files, all in all.</param>
    /// <exception cref="ModelDirectoryException">A file changed its length while it was read.</exception>
    public static void Write(
        ModelContent model,
        Stream layer,
        CompressionLevel level = CompressionLevel.Fastest,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (level != CompressionLevel.Fastest)
        {
            using var gzip = new GZipStream(layer, level, leaveOpen: true);
            WriteArchive(model, gzip, progress, cancellationToken);
            return;
        }

        using var fast = new FastGzipStream(layer);
        WriteArchive(model, fast, progress, cancellationToken);
        fast.Complete();
    }

    private static void WriteArchive(
        ModelContent model, Stream packed, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var archive = new BufferedStream(packed, BufferSize);
        var buffer = new byte[BufferSize];
        var total = 0L;
        foreach (var file in model.Files)
        {
            TarHeaderWriter.WriteFile(archive, file.Path, file.Length);
            foreach (var length in Copy(file, archive, buffer, cancellationToken))
            {
                progress?.Report(total += length);
            }
        }

        TarHeaderWriter.WriteEnd(archive);
        archive.Flush();
    }

    // A file without content is not opened, so that a FIFO cannot make the push wait for ever.
    private static IEnumerable<int> Copy(ModelContentFile file, Stream archive, byte[] buffer, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
        {
            yield break;
        }

        using var content = file.Open();
        for (var remaining = file.Length; remaining > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = content.Read(buffer, 0, (int)Math.Min(buffer.Length, remaining));
            if (read == 0)
            {
                throw new ModelDirectoryException($"{file.Path} ended while it was packed: it had {file.Length} bytes before.");
            }

            archive.Write(buffer, 0, read);
            remaining -= read;
            yield return read;
        }

        archive.Write(new byte[TarBlock.Padding(file.Length)]);
    }
}
