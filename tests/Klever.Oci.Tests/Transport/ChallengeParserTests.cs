using Klever.Oci.Authentication;

namespace Klever.Oci.Tests.Transport;

public sealed class ChallengeParserTests
{
    [Fact]
    public void Parse_CommasAndEscapesInQuotedStrings_BelongToTheValue()
    {
        var challenges = ChallengeParser.Parse(
            ["Bearer realm=\"https://hub/service/token\",service=\"a \\\"b\\\", c\" , scope=\"repository:p/r:pull,push\""]);

        var bearer = Assert.Single(challenges);
        Assert.Equal("https://hub/service/token", bearer["realm"]);
        Assert.Equal("a \"b\", c", bearer["service"]);
        Assert.Equal("repository:p/r:pull,push", bearer["SCOPE"]);
    }

    [Fact]
    public void Parse_SeveralChallengesInOneHeader_TellsThemApart()
    {
        var challenges = ChallengeParser.Parse(["Negotiate YII==, Basic realm=\"harbor\", BEARER realm=x , error = \"invalid_token\"", "Digest"]);

        Assert.Equal(["negotiate", "basic", "bearer", "digest"], challenges.Select(c => c.Scheme));
        Assert.Equal("harbor", challenges[1]["realm"]);
        Assert.Equal("invalid_token", challenges[2]["error"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",,,")]
    [InlineData("\"")]
    [InlineData("=")]
    public void Parse_Nonsense_GivesNothing(string header) => Assert.Empty(ChallengeParser.Parse([header]));

    [Fact]
    public void Parse_AnyCutOfAHeader_Ends()
    {
        const string Header = "Basic realm=\"a\\\"b\", Bearer realm=\"https://x\",scope=\"a b\", Negotiate abc==";

        for (var i = 0; i <= Header.Length; i++)
        {
            Assert.InRange(ChallengeParser.Parse([Header[..i]]).Count, 0, 4);
        }
    }

    [Fact]
    public void Parse_AHeaderBeyondTheLimit_IsLeftOut() =>
        Assert.Empty(ChallengeParser.Parse(["Bearer realm=\"" + new string('a', 8 * 1024) + "\""]));
}
