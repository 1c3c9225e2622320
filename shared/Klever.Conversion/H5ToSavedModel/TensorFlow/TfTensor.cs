using System.Runtime.InteropServices;
using Klever.Formats.Hdf5;

namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>The elements of a constant or variable: float32 or int32, little-endian. Those of a file are read when they
/// are written.</summary>
internal sealed class TfTensor
{
    private const int ChunkBytes = 1024 * 1024;

    private readonly Hdf5Dataset? _dataset;
    private readonly byte[] _bytes;

    private TfTensor(TfType type, IReadOnlyList<long> shape, Hdf5Dataset? dataset, byte[] bytes)
    {
        (Type, Shape, _dataset, _bytes) = (type, shape, dataset, bytes);
    }

    public TfType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    public long ByteLength => _dataset is null ? _bytes.Length : _dataset.Count * sizeof(float);

    public static TfTensor Of(IReadOnlyList<long> shape, float[] values) =>
        new(TfType.Float, shape, dataset: null, MemoryMarshal.AsBytes<float>(values).ToArray());

    public static TfTensor Of(IReadOnlyList<long> shape, int[] values) =>
        new(TfType.Int32, shape, dataset: null, MemoryMarshal.AsBytes<int>(values).ToArray());

    /// <param name="shape">May differ from that of the dataset, for the same elements in the same order.</param>
    public static TfTensor Of(IReadOnlyList<long> shape, Hdf5Dataset dataset) => new(TfType.Float, shape, dataset, []);

    public void WriteTo(Stream target)
    {
        if (_dataset is null)
        {
            target.Write(_bytes);
            return;
        }

        var buffer = new byte[Math.Min(ChunkBytes, ByteLength)];
        for (long offset = 0; offset < ByteLength; offset += buffer.Length)
        {
            var chunk = buffer.AsSpan(0, (int)Math.Min(buffer.Length, ByteLength - offset));
            _dataset.Read(offset, chunk);
            target.Write(chunk);
        }
    }
}
