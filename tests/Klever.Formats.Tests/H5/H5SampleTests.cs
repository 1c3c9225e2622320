using Klever.Models;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Formats.Tests.H5;

public sealed class H5SampleTests
{
    [Fact]
    public void Sample_IsTheSameEachTime()
    {
        var first = SampleModels.Files(ModelFormat.H5)["flowers.h5"];

        var second = SampleModels.Files(ModelFormat.H5)["flowers.h5"];

        Assert.Equal(first, second);
    }

    [Fact]
    public void Extract_OfTheSample_GivesItsSignature()
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.H5, directory.Path);

        var signature = SignatureExtractor.FromDirectory(directory.Path, ModelFormat.H5, Signature.Empty).Signature;

        Assert.Equal([new Tensor { Name = "measures", DType = "float32", Size = [-1, 4] }], signature.Inputs);
        Assert.Equal([new Tensor { Name = "flower", DType = "float32", Size = [-1, 3] }], signature.Outputs);
        Assert.Equal([new LayerCount("Dense", 2)], signature.Layers);
    }
}
