using System.Runtime.InteropServices;
using Klever.Formats.Hdf5;

namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>The elements of a constant or variable, little-endian. Those of a file are read, and those that are computed from a file are
/// computed, when they are written.</summary>
internal sealed class TfTensor
{
    private const int ChunkElements = 256 * 1024;

    private readonly Action<Stream> _write;

    private TfTensor(TfType type, IReadOnlyList<long> shape, long byteLength, Action<Stream> write) =>
        (Type, Shape, ByteLength, _write) = (type, shape, byteLength, write);

    public TfType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    public long ByteLength { get; }

    public static TfTensor Of(IReadOnlyList<long> shape, float[] values) => Of<float>(TfType.Float, shape, values);

    public static TfTensor Of(IReadOnlyList<long> shape, int[] values) => Of<int>(TfType.Int32, shape, values);

    public static TfTensor Of(IReadOnlyList<long> shape, long[] values) => Of<long>(TfType.Int64, shape, values);

    /// <summary>Numbers that are computed when they are written, as many as the shape says.</summary>
    public static TfTensor Computed(IReadOnlyList<long> shape, Func<float[]> compute) => new(
        TfType.Float,
        shape,
        checked(shape.Aggregate(sizeof(float), (long product, long size) => product * size)),
        target => target.Write(MemoryMarshal.AsBytes<float>(compute())));

    /// <param name="shape">May differ from that of the dataset, for the same elements in the same order.</param>
    public static TfTensor Of(IReadOnlyList<long> shape, Hdf5Dataset dataset) =>
        new(TfType.Float, shape, dataset.Count * sizeof(float), target => Copy(dataset, target));

    public void WriteTo(Stream target) => _write(target);

    private static TfTensor Of<T>(TfType type, IReadOnlyList<long> shape, T[] values)
        where T : unmanaged =>
        new(type, shape, MemoryMarshal.AsBytes<T>(values).Length, target => target.Write(MemoryMarshal.AsBytes<T>(values)));

    private static void Copy(Hdf5Dataset dataset, Stream target)
    {
        var buffer = new float[Math.Min(ChunkElements, dataset.Count)];
        for (long first = 0; first < dataset.Count; first += buffer.Length)
        {
            var chunk = buffer.AsSpan(0, (int)Math.Min(buffer.Length, dataset.Count - first));
            KerasWeightElements.Read(dataset, first, chunk);
            target.Write(MemoryMarshal.AsBytes(chunk));
        }
    }
}
