using Klever.Conversion.Tests.NetDefToOnnx;
using Klever.Models;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Conversion.Tests.Onnx;

public sealed class OnnxSampleTests
{
    [Fact]
    public void Sample_RunsForAnyBatch_AndItsProbabilitiesAddUpToOne()
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.Onnx, directory.Path);
        var images = new Dictionary<string, Values> { ["image"] = Values.Random(seed: 1, 5, 1, 8, 8) };

        var probabilities = OnnxRun.Run(directory.Combine("model", "classifier.onnx"), images);

        Assert.Equal([5, 3], probabilities.Size);
        Assert.Equal(5, probabilities.Data.Sum(), tolerance: 1e-4);
    }
}
