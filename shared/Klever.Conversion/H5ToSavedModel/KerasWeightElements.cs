using System.Runtime.InteropServices;
using Klever.Formats.Hdf5;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Elements of a weight as float32, whatever real type the file has.</summary>
internal static class KerasWeightElements
{
    public static bool IsKnown(string dtype) => dtype is "float32" or "float16" or "float64";

    public static void Read(Hdf5Dataset dataset, long first, Span<float> target)
    {
        switch (dataset.DType)
        {
            case "float32":
                dataset.Read(first * sizeof(float), MemoryMarshal.AsBytes(target));
                break;
            case "float16":
                Read<Half>(dataset, first, target, static value => (float)value);
                break;
            default:
                Read<double>(dataset, first, target, static value => (float)value);
                break;
        }
    }

    private static void Read<T>(Hdf5Dataset dataset, long first, Span<float> target, Func<T, float> convert)
        where T : unmanaged
    {
        var values = new T[target.Length];
        dataset.Read(first * dataset.ElementSize, MemoryMarshal.AsBytes(values.AsSpan()));
        for (var i = 0; i < values.Length; i++)
        {
            target[i] = convert(values[i]);
        }
    }
}
