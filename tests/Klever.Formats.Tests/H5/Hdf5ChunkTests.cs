using System.Runtime.InteropServices;
using Klever.Formats.Hdf5;
using Klever.Models;
using Klever.Testing;

namespace Klever.Formats.Tests.H5;

public sealed class Hdf5ChunkTests
{
    [Theory]
    [InlineData("plain", 35)]
    [InlineData("deflated", 35)]
    [InlineData("shuffled", 120)]
    [InlineData("checked", 10)]
    [InlineData("single", 12)]
    [InlineData("many", 1100)]
    [InlineData("early", 35)]
    public void Read_OfADatasetInChunks_GivesItsNumbersInOrder(string name, int count)
    {
        foreach (var version in (string[])["earliest", "latest"])
        {
            var numbers = Numbers(Dataset(version, name));

            Assert.Equal(Enumerable.Range(0, count).Select(i => (float)i), numbers);
        }
    }

    [Theory]
    [InlineData("earliest", "compressed_otherwise", "a dataset has the filter 32000; store it without, or with gzip")]
    [InlineData("earliest", "unwritten", "a chunk of a dataset was never written")]
    [InlineData("latest", "unwritten", "a chunk of a dataset was never written")]
    [InlineData("latest", "growing", "a dataset in chunks can grow; store it with a fixed size")]
    public void Read_OfChunksThatAreNotRead_SaysWhy(string version, string name, string expected)
    {
        var exception = Assert.Throws<ModelReadException>(() => Dataset(version, name));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("earliest")]
    [InlineData("latest")]
    public void Read_OfDamagedChunks_AnswersOrFails(string version)
    {
        var original = File.ReadAllBytes(PathOf(version));
        var random = new Random(20261127);

        for (var round = 0; round < 300; round++)
        {
            var bytes = original.ToArray();
            for (var flips = 1 + (round % 4); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            foreach (var name in (string[])["plain", "deflated", "shuffled", "many"])
            {
                AssertContained(bytes, name);
            }
        }
    }

    private static void AssertContained(byte[] bytes, string name)
    {
        try
        {
            Numbers(Dataset(new MemoryStream(bytes), name));
        }
        catch (ModelReadException)
        {
        }
    }

    private static float[] Numbers(Hdf5Dataset dataset)
    {
        const int Step = 12;
        var numbers = new float[Math.Min(dataset.Count, 10_000)];
        var bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
        for (var offset = 0; offset < bytes.Length; offset += Step)
        {
            dataset.Read(offset, bytes.Slice(offset, Math.Min(Step, bytes.Length - offset)));
        }

        return numbers;
    }

    private static string PathOf(string version) =>
        Path.Combine(SharedFolder.Repository, "tests", "data", "hdf5", $"chunks_{version}.h5");

    private static Hdf5Dataset Dataset(string version, string name) => Dataset(new MemoryStream(File.ReadAllBytes(PathOf(version))), name);

    private static Hdf5Dataset Dataset(MemoryStream content, string name)
    {
        var file = new ModelFile(ModelFormat.H5, "model/net.h5", content.Length, content, ReadLimits.Default);
        var found = Hdf5File.OpenRoot(file).Find(name) ?? throw file.NotTheFormat("it is not there");
        return found.AsDataset();
    }
}
