using System.Globalization;
using System.Text.Json.Nodes;
using Klever.Formats;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Conversion.Tests.H5ToSavedModel;

/// <summary>Settings and references that no Keras would write. Whatever a file holds, the answer is a model or an error that says what is
/// wrong, soon and in bounded memory.</summary>
public sealed class KerasHostileTests
{
    private const long MaximumAllocation = 200L * 1024 * 1024;
    private static readonly int VariantsOfEach =
        int.TryParse(Environment.GetEnvironmentVariable("KLEVER_HOSTILE_VARIANTS"), CultureInfo.InvariantCulture, out var count) ? count : 6;

    private static readonly TimeSpan MaximumTime = TimeSpan.FromSeconds(5);

    private static readonly string[] Values =
    [
        "0", "-1", "-7", "1000000000", "9007199254740993", "9223372036854775807", "1e300", "0.5", "null", "true", "\"same\"", "\"\"", "[]",
        "[0]", "[-1, 3]", "[1000000000, 1000000000]", "[[1, 2], [3]]", "{}", "{\"class_name\": \"LSTM\", \"config\": {}}",
    ];

    /// <summary>Goldens that between them have all layers.</summary>
    public static TheoryData<string> Goldens =>
        [.. KerasGoldenTests.Goldens.Select(row => row.Data).Where(name => !name.StartsWith("network", StringComparison.Ordinal)
            || name.EndsWith("shared", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Convert_WithASettingThatCannotBeMeant_AnswersOrFails(string name)
    {
        var golden = KerasGolden.Open(name);
        var random = new Random(20261127);
        var variants = golden.Variants(Values).ToArray();
        random.Shuffle(variants);

        foreach (var (config, what) in variants.Take(VariantsOfEach))
        {
            AssertContained(golden.FileOf(config), what);
        }
    }

    [Fact]
    public void Convert_OfModelsInModels_StopsAtTheLimitOfCalls()
    {
        var file = KerasFile.Write(Nested(levels: 24), "2.4.0", [("m", [new KerasWeight("k", [1, 1], [1]), new KerasWeight("b", [1], [1])])]);

        var exception = Assert.Throws<ModelReadException>(() => new KerasConversion(file));

        Assert.Contains("calls of layers", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_OfWeightsThatAreListedTwice_IsRefused()
    {
        var golden = KerasGolden.Open("dense");
        var file = golden.FileWithDoubledWeights();

        var exception = Assert.Throws<ConversionException>(() => new KerasConversion(file));

        Assert.Contains("is listed twice", exception.Message, StringComparison.Ordinal);
    }

    // A model that calls the one in it twice, and so on.
    private static string Nested(int levels)
    {
        var layer = """{"class_name": "Dense", "name": "m", "config": {"name": "m", "units": 1}, "inbound_nodes": [[["x", 0, 0, {}]], [["m", 0, 0, {}]]]}""";
        for (var level = 0; level <= levels; level++)
        {
            layer = $$$"""
                {"class_name": "Functional", "name": "m", "inbound_nodes": [[["x", 0, 0, {}]], [["m", 0, 0, {}]]], "config": {"name": "m", "layers": [
                  {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], "config": {"name": "x", "batch_input_shape": [null, 1], "dtype": "float32"}},
                  {{{layer}}}], "input_layers": [["x", 0, 0]], "output_layers": [["m", 1, 0]]}}
                """;
        }

        return layer;
    }

    private static void AssertContained(byte[] file, string what) => Contained.Run(
        () =>
        {
            try
            {
                new KerasConversion(file).Dispose();
            }
            catch (Exception exception)
            {
                Assert.True(exception is ConversionException or ModelReadException, $"{what}: {exception}");
            }
        },
        MaximumTime,
        MaximumAllocation,
        () => what);
}
