using System.Text;

namespace Klever.Models.Tests;

public class DigestTests
{
    private const string Hello = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    [Fact]
    public void Of_Content_IsItsSha256()
    {
        var digest = Digest.Of(Encoding.UTF8.GetBytes("hello"));

        Assert.Equal(Hello, digest.ToString());
        Assert.Equal("2cf24dba5fb0", digest.Short);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256")]
    [InlineData("sha256:")]
    [InlineData("sha256:2cf24d")]
    [InlineData("sha256:2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824")]
    [InlineData("md5:5d41402abc4b2a76b9719d911017c592")]
    [InlineData("sha256:../../../../../../../../../../../../../../../../../etc/passwd00")]
    public void Parse_OfAnythingElse_NamesTheInput(string text)
    {
        var exception = Assert.Throws<FormatException>(() => Digest.Parse(text));

        Assert.Contains($"\"{text}\" is not a digest", exception.Message);
    }

    [Fact]
    public void Parse_OfItsText_IsEqual() => Assert.Equal(Digest.Parse(Hello), Digest.Parse(Digest.Parse(Hello).ToString()));
}
