using System.Text;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Conversion.Tests.H5ToSavedModel.Evaluation;
using Klever.Testing;

namespace Klever.Conversion.Tests.H5ToSavedModel;

public sealed class TableWriterTests
{
    [Fact]
    public void Write_OfThousandsOfVariables_GivesABundleOfSeveralBlocks()
    {
        using var directory = new TemporaryDirectory();
        var variables = Enumerable.Range(0, 8_000).ToDictionary(
            i => $"block_{i % 7}/layer_{i}/a_name_that_is_long_enough_to_fill_more_than_one_block/kernel",
            i => TfTensor.Of([1, 2], [i, -i]));

        TensorBundleWriter.Write(directory.Path, variables.ToDictionary(pair => pair.Key, pair => pair.Value));

        var read = BundleFile.Read(directory.Path);
        Assert.Equal(8_000, read.Count);
        Assert.Equal([4321f, -4321f], read["block_2/layer_4321/a_name_that_is_long_enough_to_fill_more_than_one_block/kernel"].Data);
        Assert.True(new FileInfo(directory.Combine("variables", "variables.index")).Length > 262_144);
    }

    [Fact]
    public void Checksum_OfKnownBytes_IsMaskedCrc32C()
    {
        var checksum = new Crc32C();

        checksum.Append(Encoding.ASCII.GetBytes("123456789"));

        Assert.Equal(0xC78AB0E5u, checksum.Masked);
    }
}
