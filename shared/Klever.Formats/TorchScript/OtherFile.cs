using System.Buffers.Binary;

namespace Klever.Formats.TorchScript;

/// <summary>Says what a <c>.pt</c> file is that is not a zip archive.</summary>
internal static class OtherFile
{
    private const int HeadLength = 64;

    private static ReadOnlySpan<byte> Zip => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> EmptyZip => "PK\x05\x06"u8;

    private static ReadOnlySpan<byte> LargeFilePointer => "version https://git-lfs"u8;

    /// <summary>PROTO 2, LONG1 of 10 bytes: the magic number of torch.save before 1.6.</summary>
    private static ReadOnlySpan<byte> LegacyTorchSave =>
        [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    /// <exception cref="ModelReadException">The file does not begin as a zip archive does.</exception>
    public static void Refuse(ModelFile file)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        file.Content.Position = 0;
        head = head[..file.Content.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
        if (!head.StartsWith(Zip) && !head.StartsWith(EmptyZip))
        {
            throw file.NotTheFormat(Describe(head, file.Length), offset: 0);
        }
    }

    private static string Describe(ReadOnlySpan<byte> head, long length)
    {
        if (head.IsEmpty)
        {
            return "the file is empty";
        }

        if (head.StartsWith(LargeFilePointer))
        {
            return "the file is a Git LFS pointer, not the model; run \"git lfs pull\" before pushing";
        }

        if (head.StartsWith(LegacyTorchSave))
        {
            return "the file was written by torch.save before PyTorch 1.6: a pickle with weights and no code; "
                + "save the model with torch.jit.save";
        }

        if (head is [0x80, >= 2 and <= 5, ..])
        {
            return "the file is a Python pickle, which holds no TorchScript code; save the model with torch.jit.save";
        }

        return IsSafetensors(head, length)
            ? "the file is a safetensors file: weights without code; save the model with torch.jit.save"
            : "the file is not a zip archive, as TorchScript is since PyTorch 1.3";
    }

    private static bool IsSafetensors(ReadOnlySpan<byte> head, long length) =>
        head.Length > 8 && head[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(head) <= (ulong)length;
}
