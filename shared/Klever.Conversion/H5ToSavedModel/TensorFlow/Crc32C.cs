using System.Numerics;
using System.Runtime.InteropServices;

namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>The checksum of LevelDB tables and tensor bundles: CRC-32C, masked.</summary>
internal struct Crc32C()
{
    private const uint MaskDelta = 0xA282EAD8;

    private uint _state = uint.MaxValue;

    public readonly uint Masked
    {
        get
        {
            var crc = ~_state;
            return ((crc >> 15) | (crc << 17)) + MaskDelta;
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            _state = BitOperations.Crc32C(_state, word);
        }

        foreach (var one in bytes[(bytes.Length & ~7)..])
        {
            _state = BitOperations.Crc32C(_state, one);
        }
    }
}
