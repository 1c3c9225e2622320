using Klever.Kubernetes.Jobs;

namespace Klever.Kubernetes.Tests.Jobs;

public sealed class ProjectSecretTests
{
    [Theory]
    [InlineData("ormb", "nlp/bert", "ormb")]
    [InlineData("ormb-{project}", "nlp/en/bert", "ormb-nlp")]
    [InlineData("{project}.ormb", "nlp.team-1", "nlp.team-1.ormb")]
    public void NameFor_ARepository_TakesItsProject(string setting, string repository, string expected) =>
        Assert.Equal(expected, ProjectSecret.NameFor(setting, repository));

    [Fact]
    public void NameFor_NamesThatKubernetesDoesNotTake_StayApartAndLegal()
    {
        var underscore = ProjectSecret.NameFor("ormb-{project}", "a_b");
        var @long = ProjectSecret.NameFor("ormb-{project}", new string('x', 255));

        Assert.Matches("^ormb-a-b-[0-9a-f]{10}$", underscore);
        Assert.NotEqual(underscore, ProjectSecret.NameFor("ormb-{project}", "a-b"));
        Assert.InRange(@long.Length, 1, 253);
    }
}
