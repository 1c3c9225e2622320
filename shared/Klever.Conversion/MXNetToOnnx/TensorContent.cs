using Microsoft.Win32.SafeHandles;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>The elements of a tensor: in memory, or a part of a file that is copied without being held.</summary>
internal sealed class TensorContent
{
    private const int BufferSize = 256 * 1024;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly SafeFileHandle? _file;
    private readonly long _offset;

    private TensorContent(ReadOnlyMemory<byte> bytes) => (_bytes, Length) = (bytes, bytes.Length);

    private TensorContent(SafeFileHandle file, long offset, long length) => (_file, _offset, Length) = (file, offset, length);

    public long Length { get; }

    public static TensorContent Of(ReadOnlyMemory<byte> bytes) => new(bytes);

    public static TensorContent Of(SafeFileHandle file, long offset, long length) => new(file, offset, length);

    public void CopyTo(Stream target)
    {
        if (_file is null)
        {
            target.Write(_bytes.Span);
            return;
        }

        var buffer = new byte[Math.Min(Length, BufferSize)];
        for (var done = 0L; done < Length;)
        {
            var count = RandomAccess.Read(_file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, Length - done)), _offset + done);
            if (count == 0)
            {
                throw new EndOfStreamException("A file of weights became shorter while it was read.");
            }

            target.Write(buffer, 0, count);
            done += count;
        }
    }
}
