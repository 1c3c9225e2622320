using System.Buffers;

namespace Klever.CommandLine.Initialization.Placement;

/// <summary>Writes files that are on the disk when the call returns, so that a marker never says more than a machine
/// kept.</summary>
internal static class DurableFile
{
    private const int BufferSize = 128 * 1024;

    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = Create(path);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <returns>The first bytes, at most as many as <paramref name="headLength"/>.</returns>
    public static byte[] Write(string path, Stream content, int headLength, CancellationToken cancellationToken)
    {
        using var file = Create(path);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            byte[]? head = null;
            while (content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                head ??= buffer[..Math.Min(read, headLength)];
                file.Write(buffer.AsSpan(0, read));
            }

            file.Flush(flushToDisk: true);
            return head ?? [];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FileStream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
    }
}
