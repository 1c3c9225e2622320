using System.Text.RegularExpressions;
using CsCheck;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Kubernetes.Tests.ModelJobs;

public sealed partial class ModelJobNamesTests
{
    private static readonly Digest Digest = Digest.Of("model"u8);

    [Fact]
    public void Extraction_HasReadableNameAndHash()
    {
        var name = ModelJobNames.ForExtraction("release/nlp/bert", Digest, "1");

        Assert.Equal("extract-release-nlp-bert-dd1ccd5bb5", name);
    }

    [Fact]
    public void Extraction_OfOtherManifestOrRepositoryOrExtractor_HasOtherHash()
    {
        string[] names =
        [
            ModelJobNames.ForExtraction("release/bert", Digest, "1"),
            ModelJobNames.ForExtraction("release/bert", Digest, "2"),
            ModelJobNames.ForExtraction("release/bert", Digest.Of("other"u8), "1"),
            ModelJobNames.ForExtraction("release-bert", Digest, "1"),
        ];

        Assert.Equal(4, names.Select(n => n[^10..]).Distinct().Count());
    }

    [Fact]
    public void Conversion_DependsOnFormatsAndTarget()
    {
        var model = ModelReference.Parse("release/bert:v1");
        string[] names =
        [
            ModelJobNames.ForConversion(model, Digest, new FormatPair("H5", "SavedModel"), "release/bert:v2"),
            ModelJobNames.ForConversion(model, Digest, new FormatPair("H5", "SavedModel"), "release/bert:v3"),
            ModelJobNames.ForConversion(model, Digest, new FormatPair("H5", "ONNX"), "release/bert:v2"),
        ];

        Assert.All(names, n => Assert.StartsWith("convert-release-bert-v1-", n));
        Assert.Equal(3, names.Distinct().Count());
    }

    [Theory]
    [InlineData("release/my_model:v1")]
    [InlineData("a/b:_---------")]
    [InlineData("a/b:_._")]
    [InlineData("90360309/9:20160102")]
    public void Names_OfAwkwardReference_AreLegal(string model) => RequireLegal(ModelReference.Parse(model));

    [Fact]
    public void Names_OfLongestReference_AreLegal() =>
        RequireLegal(ModelReference.Parse($"{new string('a', 127)}/{new string('b', 127)}:{new string('C', 128)}"));

    [Fact]
    public void Request_WithAnyText_IsLegalAndDeterministic()
    {
        Gen.Select(Gen.String, Gen.String, Gen.Bool).Sample((model, request, isConversion) =>
        {
            var spec = new ModelJobSpec { Model = model, Conversion = isConversion ? new ConversionSource(null) : null };

            var name = ModelJobNames.ForRequest(spec, request);

            AssertLegal(name);
            Assert.Equal(name, ModelJobNames.ForRequest(spec, request));
        });
    }

    [Fact]
    public void Request_OfHostileText_KeepsWhatIsLegal()
    {
        var name = ModelJobNames.ForRequest(new ModelJobSpec { Model = "../../Ünïcode\n;rm -rf /{}%00" }, "request-1");

        Assert.Equal("extract-n-code-rm-rf-00-2bd1b9733e", name);
    }

    private static void RequireLegal(ModelReference model)
    {
        AssertLegal(ModelJobNames.ForExtraction(model.Repository, Digest, "1"));
        AssertLegal(ModelJobNames.ForConversion(model, Digest, new FormatPair("H5", "ONNX"), "release/bert:v2"));
    }

    private static void AssertLegal(string name)
    {
        Assert.Matches(Label(), name);
        Assert.InRange(name.Length, 1, 52);
    }

    [GeneratedRegex(@"\A[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();
}
