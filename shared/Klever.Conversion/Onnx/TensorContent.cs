using System.Runtime.InteropServices;

namespace Klever.Conversion.Onnx;

/// <summary>The elements of a tensor as ONNX wants them (raw_data: row-major, little-endian), wherever they are: a
/// converter hands on where weights stand, and they are copied when the result is written.</summary>
/// <param name="length">Bytes that <paramref name="writeTo"/> writes.</param>
/// <param name="writeTo">Called once, in the order of the initializers.</param>
internal sealed class TensorContent(long length, Action<Stream> writeTo)
{
    private const int BufferSize = 128 * 1024;

    public long Length => length;

    public void WriteTo(Stream stream) => writeTo(stream);

    /// <summary>Elements in memory; for small tensors.</summary>
    public static TensorContent Of<T>(params T[] elements)
        where T : unmanaged =>
        new((long)elements.Length * Marshal.SizeOf<T>(), stream => stream.Write(MemoryMarshal.AsBytes<T>(elements)));

    /// <summary>Bytes of a file that are already as ONNX wants them.</summary>
    public static TensorContent OfFile(string path, long offset, long length) => new(length, stream =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        file.Position = offset;
        var buffer = new byte[BufferSize];
        for (var left = length; left > 0;)
        {
            var count = (int)Math.Min(left, buffer.Length);
            file.ReadExactly(buffer, 0, count);
            stream.Write(buffer, 0, count);
            left -= count;
        }
    });
}
