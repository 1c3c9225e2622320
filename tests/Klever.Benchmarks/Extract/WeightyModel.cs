using System.Runtime.InteropServices;
using Klever.Models;
using Klever.Samples;

namespace Klever.Benchmarks.Extract;

/// <summary>The SavedModel sample with as many weights beside it as a measurement needs: 32-bit floats around zero, which shrink a
/// little, as trained ones do.</summary>
internal static class WeightyModel
{
    private const string Weights = "model/variables/variables.data-00000-of-00001";

    public static void Write(string directory, int megabytes)
    {
        SampleModels.Write(ModelFormat.SavedModel, directory);
        var path = Path.Combine(directory, Weights);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        var random = new Random(20240501);
        var block = new float[256 * 1024];
        for (var written = 0; written < megabytes; written++)
        {
            foreach (ref var weight in block.AsSpan())
            {
                weight = (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f) / 10;
            }

            file.Write(MemoryMarshal.AsBytes(block.AsSpan()));
        }
    }
}
