using Klever.Formats;
using Klever.Models;

namespace Klever.Conversion.Tests.H5ToSavedModel;

public sealed class KerasGoldenTests
{
    public static TheoryData<string> Goldens =>
        [.. Directory.GetFiles(KerasGolden.Directory, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Convert_OfAGolden_GivesAGraphThatAnswersAsKeras(string name)
    {
        var golden = KerasGolden.Open(name);

        using var conversion = new KerasConversion(golden.File);

        golden.AssertAnswers(conversion);
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("network_nested_and_shared")]
    [InlineData("network_mobilenet_v2")]
    [InlineData("network_text_classifier_open")]
    [InlineData("conv_lstm_2d_open")]
    [InlineData("locally_connected_sparse")]
    public void Convert_WithVariables_GivesAGraphThatAnswersAsKeras(string name)
    {
        var golden = KerasGolden.Open(name);

        using var conversion = new KerasConversion(golden.File, usesVariables: true);

        golden.AssertAnswers(conversion);
    }

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Convert_OfAGolden_KeepsTheSignature(string name)
    {
        using var conversion = new KerasConversion(KerasGolden.Open(name).File);

        var before = SignatureExtractor.FromDirectory(conversion.Source, ModelFormat.H5, Signature.Empty).Signature;
        var after = SignatureExtractor.FromDirectory(conversion.Target, ModelFormat.SavedModel, Signature.Empty).Signature;

        Assert.Equal(before.Inputs.OrderBy(input => input.Name), after.Inputs.OrderBy(input => input.Name));
        Assert.Equal(before.Outputs.OrderBy(output => output.Name), after.Outputs.OrderBy(output => output.Name));
    }
}
