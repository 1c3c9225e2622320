namespace Klever.Functions.Tests.Hosting;

/// <summary>A wrong setting of the Jobs ends the start with a sentence that names it.</summary>
public sealed class JobSettingsTests
{
    [Theory]
    [InlineData("Klever:Jobs:PullSecrets", "team-a", "Klever:Jobs:PullSecrets: \"team-a\"")]
    [InlineData("Klever:Jobs:PullSecrets", "team-a=x,team-a=y", "Klever:Jobs:PullSecrets: \"team-a\"")]
    [InlineData("Klever:Servings:LoadBudget", "-00:10:00", "Klever:Servings:LoadBudget is \"-00:10:00\"")]
    public void Start_WithAWrongSetting_NamesIt(string name, string value, string expected)
    {
        using var app = new KleverApp((name, value));

        var exception = Assert.Throws<InvalidOperationException>(() => app.CreateClient());

        Assert.Contains(expected, exception.Message);
    }
}
