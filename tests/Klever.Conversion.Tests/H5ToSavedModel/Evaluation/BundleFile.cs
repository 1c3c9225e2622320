using System.Buffers.Binary;
using System.Text;

namespace Klever.Conversion.Tests.H5ToSavedModel.Evaluation;

/// <summary>Reads a tensor bundle, and holds it to every rule of its format: magic, block checksums, order of keys,
/// offsets, checksums of tensors.</summary>
internal static class BundleFile
{
    private const int FooterLength = 48;
    private const ulong Magic = 0xDB4775248B80FB57;

    public static IReadOnlyDictionary<string, Value> Read(string modelDirectory)
    {
        var directory = Path.Combine(modelDirectory, "variables");
        var index = File.ReadAllBytes(Path.Combine(directory, "variables.index"));
        var data = File.ReadAllBytes(Path.Combine(directory, "variables.data-00000-of-00001"));
        var entries = Entries(index);
        Assert.Empty(entries[0].Key);
        Assert.Equal([0x08, 0x01, 0x1A, 0x02, 0x08, 0x01], entries[0].Value);
        for (var i = 1; i < entries.Count; i++)
        {
            Assert.True(entries[i - 1].Key.AsSpan().SequenceCompareTo(entries[i].Key) < 0, "keys are not in order");
        }

        var next = 0L;
        var tensors = new Dictionary<string, Value>();
        foreach (var (key, value) in entries.Skip(1))
        {
            var entry = new WireMessage(value);
            Assert.True(entry.Has(2), "the shape is missing");
            Assert.Equal(next, (long)entry.Number(4));
            var content = data.AsSpan((int)next, entry.Integer(5));
            Assert.Equal((uint)entry.Number(6), Masked(content));
            int[] shape = [.. entry.Message(2).Messages(2).Select(dimension => dimension.Integer(1))];
            tensors.Add(Encoding.UTF8.GetString(key), SavedModelFile.ReadElements(entry.Integer(1), shape, content));
            next += content.Length;
        }

        Assert.Equal(data.Length, next);
        return tensors;
    }

    /// <summary>What an index holds, in its order.</summary>
    public static IReadOnlyList<(byte[] Key, byte[] Value)> Entries(byte[] index)
    {
        var footer = index.AsSpan(index.Length - FooterLength);
        Assert.Equal(Magic, BinaryPrimitives.ReadUInt64LittleEndian(footer[40..]));
        var position = 0;
        Assert.Empty(ReadBlock(index, Handle(footer, ref position)));
        return [.. ReadBlock(index, Handle(footer, ref position)).SelectMany(block => BlockOf(index, block))];
    }

    /// <summary>Whether the first block is compressed, as some versions of TensorFlow do.</summary>
    public static bool IsCompressed(byte[] index)
    {
        var position = 0;
        var footer = index.AsSpan(index.Length - FooterLength);
        Handle(footer, ref position);
        var block = Handle(footer, ref position);
        position = 0;
        if (index[block.Offset + block.Size] != 0)
        {
            return true;
        }

        var first = Handle(ReadBlock(index, block)[0].Value, ref position);
        return index[first.Offset + first.Size] != 0;
    }

    private static IEnumerable<(byte[] Key, byte[] Value)> BlockOf(byte[] index, (byte[] Key, byte[] Value) block)
    {
        var position = 0;
        var entries = ReadBlock(index, Handle(block.Value, ref position));
        Assert.True(entries[^1].Key.AsSpan().SequenceCompareTo(block.Key) <= 0, "the index key is before the last key of its block");
        return entries;
    }

    private static (int Offset, int Size) Handle(ReadOnlySpan<byte> bytes, ref int position) =>
        ((int)WireMessage.Varint(bytes, ref position), (int)WireMessage.Varint(bytes, ref position));

    private static List<(byte[] Key, byte[] Value)> ReadBlock(byte[] index, (int Offset, int Size) handle)
    {
        var content = index.AsSpan(handle.Offset, handle.Size);
        Assert.Equal(0, index[handle.Offset + handle.Size]);
        Assert.Equal(
            BinaryPrimitives.ReadUInt32LittleEndian(index.AsSpan(handle.Offset + handle.Size + 1)),
            Masked(index.AsSpan(handle.Offset, handle.Size + 1)));
        var restarts = BinaryPrimitives.ReadInt32LittleEndian(content[^4..]);
        var end = content.Length - (4 * (restarts + 1));
        var entries = new List<(byte[], byte[])>();
        byte[] last = [];
        for (var position = 0; position < end;)
        {
            var shared = (int)WireMessage.Varint(content, ref position);
            var unshared = (int)WireMessage.Varint(content, ref position);
            var length = (int)WireMessage.Varint(content, ref position);
            last = [.. last.AsSpan(0, shared), .. content.Slice(position, unshared)];
            entries.Add((last, content.Slice(position + unshared, length).ToArray()));
            position += unshared + length;
        }

        return entries;
    }

    // CRC-32C bit by bit, so that it shares nothing with the writer.
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
