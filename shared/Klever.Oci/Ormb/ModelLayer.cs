using System.IO.Pipelines;
using Klever.Models;
using Klever.Oci.Ormb.Gzip;
using Klever.Oci.Ormb.Tar;

namespace Klever.Oci.Ormb;

/// <summary>Reads the one layer of a model artifact, a tar archive of <c>model/**</c>, in one pass and without trusting it.</summary>
public static class ModelLayer
{
    /// <summary>The media type that ormb gives the layer, and so do we.</summary>
    public const string MediaType = "application/tar+gzip";

    private const int DrainBufferSize = 128 * 1024;

    private static readonly PipeOptions PipeOptions = new(
        pauseWriterThreshold: 8 * DrainBufferSize,
        resumeWriterThreshold: 4 * DrainBufferSize,
        minimumSegmentSize: DrainBufferSize,
        useSynchronizationContext: false);

    /// <summary>Offers every file to <paramref name="visit"/> while the layer arrives: what travels is fetched, and hashed by the
    /// stream, on one thread and unpacked on another.</summary>
    /// <inheritdoc cref="Read"/>
    public static async Task ReadAsync(
        Stream layer,
        string mediaType,
        ModelFileVisitor visit,
        ModelLayerLimits? limits = null,
        CancellationToken cancellationToken = default)
    {
        var pipe = new Pipe(PipeOptions);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fetching = FetchAsync(layer, pipe.Writer, abort.Token);
        try
        {
            await using var arriving = pipe.Reader.AsStream();
            await Task.Run(() => Read(arriving, mediaType, visit, limits, cancellationToken), cancellationToken);
        }
        finally
        {
            await abort.CancelAsync();
            await fetching;
        }
    }

    /// <summary>Offers every file to <paramref name="visit"/>, and then reads the layer to its end, so that a stream that
    /// compares the digest has seen all of it. Synchronous, as parsing is; call it on a thread that may block.</summary>
    /// <param name="layer">The packed bytes.</param>
    /// <param name="mediaType">The media type of the layer's descriptor; it says how the bytes are packed.</param>
    /// <exception cref="ModelLayerException">The layer is damaged, unsafe or beyond a limit.</exception>
    public static void Read(
        Stream layer,
        string mediaType,
        ModelFileVisitor visit,
        ModelLayerLimits? limits = null,
        CancellationToken cancellationToken = default)
    {
        limits ??= ModelLayerLimits.Default;
        try
        {
            using var unpacked = IsGzip(mediaType) ? new GzipContent(layer, limits) : null;
            var archive = unpacked ?? layer;
            using var entries = new TarEntries(archive, limits);
            var count = 0;
            while (entries.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
                count++;
                if (!entries.IsDirectory)
                {
                    visit(entries.Path, entries.Content.EntryLength, entries.Content);
                }
            }

            CheckEnd(archive, count);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException or RegistryException))
        {
            // Bytes that changed on their way are the cause, whatever they led to: the end of the stream compares the digest.
            Drain(layer, cancellationToken);
            throw;
        }

        Drain(layer, cancellationToken);
    }

    /// <summary>Writes the files below <paramref name="directory"/>, which may exist but must hold no <c>model</c>. They
    /// appear there all at once, when the last one is written.</summary>
    /// <exception cref="IOException"><c>model</c> is already there.</exception>
    /// <exception cref="ModelLayerException">The layer is damaged, unsafe or beyond a limit; nothing was left behind.</exception>
    public static Task ExtractToAsync(
        Stream layer,
        string mediaType,
        string directory,
        ModelLayerLimits? limits = null,
        CancellationToken cancellationToken = default) =>
        new ModelLayerExtraction(directory).RunAsync(layer, mediaType, limits, cancellationToken);

    private static bool IsGzip(string mediaType) => mediaType switch
    {
        MediaType or "application/x-tar+gzip" or "application/gzip" => true,
        "application/vnd.oci.image.layer.v1.tar+gzip" or "application/vnd.docker.image.rootfs.diff.tar.gzip" => true,
        "application/tar" or "application/x-tar" or "application/vnd.oci.image.layer.v1.tar" => false,
        _ => throw new ModelLayerException(
            ModelLayerProblem.NotSupported, $"is of type \"{Excerpt.Of(mediaType)}\"; expected {MediaType}"),
    };

    // What goes wrong here is thrown to whoever reads the pipe.
    private static async Task FetchAsync(Stream layer, PipeWriter target, CancellationToken cancellationToken)
    {
        Exception? problem = null;
        try
        {
            await layer.CopyToAsync(target, cancellationToken);
        }
        catch (Exception exception)
        {
            problem = exception;
        }

        await target.CompleteAsync(problem);
    }

    private static void CheckEnd(Stream archive, int entries)
    {
        if (entries == 0)
        {
            throw new ModelLayerException(ModelLayerProblem.Damaged, "holds no files");
        }

        var buffer = new byte[DrainBufferSize];
        while (archive.Read(buffer) is > 0 and var read)
        {
            if (buffer.AsSpan(0, read).IndexOfAnyExcept((byte)0) >= 0)
            {
                throw new ModelLayerException(ModelLayerProblem.TrailingData, "has data after the end of its tar archive");
            }
        }
    }

    private static void Drain(Stream layer, CancellationToken cancellationToken)
    {
        var buffer = new byte[DrainBufferSize];
        while (layer.Read(buffer) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
