using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Conversion.Tests.H5ToSavedModel.Evaluation;
using Klever.Testing;

namespace Klever.Conversion.Tests.H5ToSavedModel;

/// <summary>Indexes that TensorFlow itself wrote, of which the same bytes have to come out of their entries.</summary>
public sealed class BundleIndexTests
{
    public static TheoryData<string> Models =>
        [.. SharedFolder.Cases("corpus", "savedmodel").Where(name => File.Exists(PathOf(name)) && !BundleFile.IsCompressed(File.ReadAllBytes(PathOf(name)))),
            .. SharedFolder.Cases("corpus", "savedmodel").Count == 0 ? ["serving_half_plus_two_cpu"] : (string[])[]];

    [Theory]
    [MemberData(nameof(Models))]
    public void Write_OfTheEntriesOfARealIndex_GivesItsBytes(string name)
    {
        SharedFolder.Require("corpus", "savedmodel", name);
        var original = File.ReadAllBytes(PathOf(name));
        using var written = new MemoryStream();

        var table = new TableWriter(written);
        foreach (var (key, value) in BundleFile.Entries(original))
        {
            table.Add(key, value);
        }

        table.Complete();
        Assert.Equal(original, written.ToArray());
    }

    private static string PathOf(string name) => Path.Combine(
        SharedFolder.Repository, "..", "shared", "corpus", "savedmodel", name, "model", "variables", "variables.index");
}
