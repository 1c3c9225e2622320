using System.Security.Cryptography;

namespace Klever.Conversion.Tests.H5ToSavedModel;

/// <summary>Graphs that TensorFlow.js, which knows nothing of Keras, ran with the answers of the goldens: <c>graphs.tsv</c> holds the
/// SHA-256 of each.</summary>
public sealed class KerasGraphTests
{
    private static readonly Dictionary<string, string> Checked = File
        .ReadAllLines(Path.Combine(KerasGolden.Directory, "graphs.tsv"))
        .Select(line => line.Split('\t'))
        .ToDictionary(fields => fields[0], fields => fields[1]);

    public static TheoryData<string> Goldens => KerasGoldenTests.Goldens;

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Convert_OfAGolden_GivesTheGraphThatWasRun(string name)
    {
        using var conversion = new KerasConversion(KerasGolden.Open(name).File);
        var graph = File.ReadAllBytes(Path.Combine(conversion.Model, "saved_model.pb"));

        if (Environment.GetEnvironmentVariable("KLEVER_WRITE_GRAPHS") is { Length: > 0 } directory)
        {
            var target = Directory.CreateDirectory(Path.Combine(directory, name)).FullName;
            File.WriteAllBytes(Path.Combine(target, "saved_model.pb"), graph);
            return;
        }

        Assert.True(
            Checked.TryGetValue(name, out var hash) && hash == Convert.ToHexStringLower(SHA256.HashData(graph)),
            $"the graph of {name} is another one than TensorFlow.js ran; run it again with tests/data/keras/check.mjs");
    }
}
