using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Klever.Oci.Ormb.Archives;

namespace Klever.Oci.Ormb.Zip;

/// <summary>The unpacked bytes of one entry. The last of them are given out only when length, checksum and every record that
/// speaks of the entry agree.</summary>
internal sealed class ZipContent : ForwardStream
{
    private const int FlagsOffset = 6;
    private const int MethodOffset = 8;
    private const int ChecksumOffset = 14;
    private const int NameLengthOffset = 26;
    private const int ExtraLengthOffset = 28;

    private readonly ZipEntry _entry;
    private readonly Stream _span;
    private readonly Stream _packed;
    private readonly Stream _content;
    private readonly Crc32 _checksum = new();
    private long _remaining;

    public ZipContent(ByteSource archive, ZipEntry entry)
    {
        (_entry, _remaining) = (entry, entry.Length);
        _span = archive.Open(entry.Offset, entry.Limit - entry.Offset);
        try
        {
            ReadLocalHeader();
        }
        catch
        {
            _span.Dispose();
            throw;
        }

        _packed = new PieceStream(_span, entry.PackedLength);
        _content = entry.Method == ZipFormat.Deflated ? new DeflateStream(_packed, CompressionMode.Decompress) : _packed;
    }

    public override long Length => _entry.Length;

    public override int Read(Span<byte> buffer)
    {
        if (_remaining == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        var read = Unpack(buffer[..(int)Math.Min(buffer.Length, _remaining)]);
        if (read == 0)
        {
            throw Wrong(ModelLayerProblem.Truncated, $"ends {_remaining} bytes before the size that it declares");
        }

        _checksum.Append(buffer[..read]);
        _remaining -= read;
        if (_remaining == 0)
        {
            CheckEnd();
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _span.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return _content.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw new ArchiveException(ModelLayerProblem.Damaged, "is damaged: its deflate data is wrong", _entry.Path, exception);
        }
    }

    private void ReadLocalHeader()
    {
        var header = new byte[ZipFormat.LocalLength];
        _span.ReadExactly(header);
        var name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(NameLengthOffset))];
        var extra = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(ExtraLengthOffset))];
        if (header.Length + name.Length + extra.Length + _entry.PackedLength > _entry.Limit - _entry.Offset
            || BinaryPrimitives.ReadUInt32LittleEndian(header) != ZipFormat.LocalSignature)
        {
            throw Wrong(ModelLayerProblem.Damaged, "is not where the directory says");
        }

        _span.ReadExactly(name);
        _span.ReadExactly(extra);
        var isTold = (BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(FlagsOffset)) & ZipFormat.FlagDescriptor) == 0;
        if (!name.AsSpan().SequenceEqual(_entry.RawName)
            || BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(MethodOffset)) != _entry.Method
            || isTold != ((_entry.Flags & ZipFormat.FlagDescriptor) == 0)
            || (isTold && !TellsTheSame(header.AsSpan(ChecksumOffset), extra)))
        {
            throw Wrong(ModelLayerProblem.Damaged, "is described differently by its own header and by the directory");
        }
    }

    private bool TellsTheSame(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> extra)
    {
        var values = ZipExtra64.Read(extra);
        var packed = (long)BinaryPrimitives.ReadUInt32LittleEndian(fields[sizeof(uint)..]);
        var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(fields[(2 * sizeof(uint))..]);
        length = length == ZipFormat.In64 ? values.Next() : length;
        packed = packed == ZipFormat.In64 ? values.Next() : packed;
        return BinaryPrimitives.ReadUInt32LittleEndian(fields) == _entry.Checksum
            && (packed, length) == (_entry.PackedLength, _entry.Length);
    }

    private void CheckEnd()
    {
        if (Unpack(stackalloc byte[1]) > 0)
        {
            throw Wrong(ModelLayerProblem.Damaged, $"goes on after the {_entry.Length} bytes that it declares");
        }

        if (_checksum.GetCurrentHashAsUInt32() != _entry.Checksum)
        {
            throw Wrong(ModelLayerProblem.Damaged, "has another checksum than it declares");
        }

        Span<byte> rest = stackalloc byte[ZipFormat.LongestDescriptor];
        while (_packed.Read(rest) > 0)
        {
        }

        var read = _span.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
        if ((_entry.Flags & ZipFormat.FlagDescriptor) != 0 && !IsDescriptor(rest[..read]))
        {
            throw Wrong(ModelLayerProblem.Damaged, "has a data descriptor that contradicts the directory");
        }
    }

    // With or without a signature, with sizes of 4 or of 8 bytes: nothing in the archive says which.
    private bool IsDescriptor(ReadOnlySpan<byte> rest)
    {
        Span<byte> all = stackalloc byte[ZipFormat.LongestDescriptor];
        BinaryPrimitives.WriteUInt32LittleEndian(all, ZipFormat.DescriptorSignature);
        BinaryPrimitives.WriteUInt32LittleEndian(all[4..], _entry.Checksum);
        BinaryPrimitives.WriteInt64LittleEndian(all[8..], _entry.PackedLength);
        BinaryPrimitives.WriteInt64LittleEndian(all[16..], _entry.Length);
        Span<byte> short32 = stackalloc byte[16];
        all[..8].CopyTo(short32);
        BinaryPrimitives.WriteUInt32LittleEndian(short32[8..], (uint)_entry.PackedLength);
        BinaryPrimitives.WriteUInt32LittleEndian(short32[12..], (uint)_entry.Length);
        return rest.StartsWith(all) || rest.StartsWith(all[4..]) || rest.StartsWith(short32) || rest.StartsWith(short32[4..]);
    }

    private ArchiveException Wrong(ModelLayerProblem problem, string text) => new(problem, text, _entry.Path);
}
