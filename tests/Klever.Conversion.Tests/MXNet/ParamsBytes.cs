using System.Runtime.InteropServices;
using System.Text;
using Klever.Conversion.Tests.MXNet.Evaluation;

namespace Klever.Conversion.Tests.MXNet;

/// <summary>Writes <c>.params</c> files of versions 0 to 3.</summary>
internal static class ParamsBytes
{
    private const int Float16Flag = 2;

    public static byte[] Of(IEnumerable<KeyValuePair<string, Values>> arrays, int version = 2, bool isHalf = false)
    {
        var list = arrays.ToList();
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(0x112UL);
        writer.Write(0UL);
        writer.Write((ulong)list.Count);
        foreach (var (_, values) in list)
        {
            Write(writer, values, version, isHalf);
        }

        writer.Write((ulong)list.Count);
        foreach (var (name, _) in list)
        {
            var stored = Encoding.UTF8.GetBytes((name.Contains("moving", StringComparison.Ordinal) ? "aux:" : "arg:") + name);
            writer.Write((ulong)stored.Length);
            writer.Write(stored);
        }

        return bytes.ToArray();
    }

    private static void Write(BinaryWriter writer, Values values, int version, bool isHalf)
    {
        if (version > 0)
        {
            writer.Write(0xF993FAC7u + (uint)version);
        }

        if (version > 1)
        {
            writer.Write(0);
        }

        writer.Write(values.Rank);
        foreach (var length in values.Size)
        {
            writer.Write(BitConverter.GetBytes((long)length).AsSpan(0, version == 0 ? 4 : 8));
        }

        writer.Write(1);
        writer.Write(0);
        writer.Write(isHalf ? Float16Flag : 0);
        writer.Write(isHalf
            ? MemoryMarshal.AsBytes<Half>(values.Elements.Select(v => (Half)v).ToArray())
            : MemoryMarshal.AsBytes<float>(values.Elements));
    }
}
