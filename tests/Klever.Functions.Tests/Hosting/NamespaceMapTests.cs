using Klever.Functions.Hosting;

namespace Klever.Functions.Tests.Hosting;

public sealed class NamespaceMapTests
{
    [Fact]
    public void Of_AProjectThatIsNotNamed_IsTheOneForAll()
    {
        var map = NamespaceMap.Parse("klever", ["release=team-a", "team-b"]);

        Assert.Equal(["team-a", "klever", "klever"], new[] { "release/nlp/bert", "releases/bert", "dev/bert" }.Select(map.Of));
        Assert.Equal(["klever", "team-a", "team-b"], map.Swept);
    }

    [Fact]
    public void Swept_WithAStar_IsTheWholeCluster()
    {
        Assert.Equal([null], NamespaceMap.Parse("klever", ["release=team-a", "*"]).Swept);
    }

    [Theory]
    [InlineData("release/bert", "team-a", true)]
    [InlineData("release/bert", "klever", false)]
    [InlineData("release/bert", "team-b", false)]
    [InlineData("dev/bert", "klever", true)]
    [InlineData("dev/bert", "team-b", true)]
    [InlineData("dev/bert", "elsewhere", true)]
    [InlineData("dev/bert", "team-a", false)]
    public void Allows_KeepsMappedProjectsAndNamespacesTogether(string repository, string space, bool expected) =>
        Assert.Equal(expected, NamespaceMap.Parse("klever", ["release=team-a", "team-b"]).Allows(space, repository));

    [Theory]
    [InlineData("release=Team", "\"Team\" is not a namespace")]
    [InlineData("release=*", "\"*\" is not a namespace")]
    [InlineData("=team", "\"=team\" is not PROJECT=NAMESPACE")]
    [InlineData("a=b=c", "\"a=b=c\" is not PROJECT=NAMESPACE")]
    [InlineData("release=other", "project release is named twice")]
    public void Parse_OfAWrongEntry_NamesIt(string entry, string problem)
    {
        var exception = Assert.Throws<FormatException>(() => NamespaceMap.Parse("klever", ["release=team-a", entry]));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
