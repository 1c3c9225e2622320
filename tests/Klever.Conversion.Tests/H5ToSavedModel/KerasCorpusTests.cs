using Klever.Formats;
using Klever.Models;
using Klever.Testing;

namespace Klever.Conversion.Tests.H5ToSavedModel;

public sealed class KerasCorpusTests
{
    private static readonly string[] Whole =
    [
        "fer_mini_xception_119", "gen_k3_channels_first", "gen_k3_functional_multi", "gen_k3_mixed_float16", "gen_k3_sequential_varlen",
        "gen_k3_siamese_shared", "klever_sample", "streamlit_mnist",
    ];

    public static TheoryData<string> Models => [.. Whole];

    public static TheoryData<string> Answered =>
        [.. Directory.GetFiles(Path.Combine(KerasGolden.Directory, "corpus"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory]
    [MemberData(nameof(Answered))]
    public void Convert_OfAModelOfTheCorpus_GivesAGraphThatAnswersAsKeras(string name)
    {
        var file = Path.Combine(SharedFolder.Require("corpus", "h5", name), "model", "model.h5");
        var golden = KerasGolden.Open(Path.Combine("corpus", name));

        using var conversion = new KerasConversion(File.ReadAllBytes(file));

        golden.AssertAnswers(conversion);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Convert_OfAModelOfTheCorpus_KeepsTheSignature(string name)
    {
        var source = SharedFolder.Require("corpus", "h5", name);
        using var target = new TemporaryDirectory();

        ModelConverters.Get(ModelFormat.H5, ModelFormat.SavedModel).Convert(
            new ConversionRequest { SourceDirectory = source, TargetDirectory = target.Path });

        var before = SignatureExtractor.FromDirectory(source, ModelFormat.H5, Signature.Empty).Signature;
        var after = SignatureExtractor.FromDirectory(target.Path, ModelFormat.SavedModel, Signature.Empty).Signature;
        Assert.Equal(before.Inputs.OrderBy(input => input.Name), after.Inputs.OrderBy(input => input.Name));
        Assert.Equal(before.Outputs.OrderBy(output => output.Name), after.Outputs.OrderBy(output => output.Name));
    }
}
