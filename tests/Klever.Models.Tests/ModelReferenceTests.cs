namespace Klever.Models.Tests;

public class ModelReferenceTests
{
    private const string Hex = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    [Theory]
    [InlineData("release/resnet:v1", null, "release/resnet", "v1")]
    [InlineData("harbor.example.com/release/resnet:v1", "harbor.example.com", "release/resnet", "v1")]
    [InlineData("localhost/release/resnet", "localhost", "release/resnet", null)]
    [InlineData("127.0.0.1:5000/release/nlp/bert:v1.0", "127.0.0.1:5000", "release/nlp/bert", "v1.0")]
    [InlineData("[::1]:5000/release/bert:v1", "[::1]:5000", "release/bert", "v1")]
    [InlineData("resnet:V_1", null, "resnet", "V_1")]
    [InlineData("a/b__c/d--e:1", null, "a/b__c/d--e", "1")]
    public void Parse_SplitsAReference(string text, string? registry, string repository, string? tag)
    {
        var reference = ModelReference.Parse(text);

        Assert.Equal((registry, repository, tag), (reference.Registry, reference.Repository, reference.Tag));
        Assert.Equal(text, reference.ToString());
    }

    [Fact]
    public void Parse_WithTagAndDigest_KeepsBoth()
    {
        var reference = ModelReference.Parse($"hub.example.com/team/nlp/bert:v1@sha256:{Hex}");

        Assert.Equal("v1", reference.Tag);
        Assert.Equal($"sha256:{Hex}", reference.TagOrDigest);
        Assert.Equal(("team", "nlp/bert"), (reference.Project, reference.Model));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("Release/resnet:v1", "is not a repository")]
    [InlineData("release/resnet:", "is not a tag")]
    [InlineData("release/resnet:.v1", "is not a tag")]
    [InlineData("release//resnet:v1", "is not a repository")]
    [InlineData("release/../resnet:v1", "is not a repository")]
    [InlineData("release/resnet:v1\n", "is not a tag")]
    [InlineData("release/resnet@v1", "what follows @ is not a digest")]
    [InlineData("user@host.example.com/release/resnet:v1", "what follows @ is not a digest")]
    [InlineData("-bad.example.com/release/resnet:v1", "is not a host")]
    public void Parse_OfSomethingElse_SaysWhatIsWrong(string text, string problem)
    {
        var exception = Assert.Throws<FormatException>(() => ModelReference.Parse(text));

        Assert.Contains(problem, exception.Message);
    }

    [Fact]
    public void Parse_OfAVeryLongText_IsRefusedWithAnExcerpt()
    {
        var exception = Assert.Throws<FormatException>(() => ModelReference.Parse(new string('a', 2000)));

        Assert.Contains("longer than 1024 characters", exception.Message);
        Assert.True(exception.Message.Length < 400);
    }

    [Fact]
    public void WithTag_DropsTheDigest()
    {
        var reference = ModelReference.Parse($"team/bert@sha256:{Hex}").WithTag("v2");

        Assert.Equal("team/bert:v2", reference.ToString());
    }
}
