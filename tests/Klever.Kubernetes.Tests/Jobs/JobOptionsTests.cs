using Klever.Kubernetes.Jobs;

namespace Klever.Kubernetes.Tests.Jobs;

public sealed class JobOptionsTests
{
    private static readonly JobOptions Good = new() { Image = "klever:1", Registry = "127.0.0.1:5000" };

    [Fact]
    public void Defaults_HaveNoProblems()
    {
        Assert.Empty(Good.Problems());
    }

    [Fact]
    public void EveryWrongOption_IsNamed()
    {
        var wrong = Good with
        {
            Image = " ",
            Registry = "harbor/core",
            Cpu = "a lot",
            Memory = "0",
            Scratch = "-1Gi",
            Deadline = TimeSpan.Zero,
            UserId = 0,
        };

        Assert.Equal(
            [
                "Image is empty; name the image that holds klever.",
                "Registry \"harbor/core\" is not a host with a dot, a port or the name localhost.",
                "Cpu \"a lot\" is not a positive quantity such as 500m or 2Gi.",
                "Memory \"0\" is not a positive quantity such as 500m or 2Gi.",
                "Scratch \"-1Gi\" is not a positive quantity such as 500m or 2Gi.",
                "Deadline must be at least one second and TimeToLive must not be negative.",
                "UserId must be above 0: the task never runs as root.",
            ],
            wrong.Problems());
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("500m", true)]
    [InlineData("0.5", true)]
    [InlineData("2Gi", true)]
    [InlineData("1.5G", true)]
    [InlineData("0", false)]
    [InlineData("0.0", false)]
    [InlineData("-1", false)]
    [InlineData("1GiB", false)]
    [InlineData("1e3", false)]
    [InlineData("one", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("١", false)]
    public void Quantity_IsPositive(string? text, bool expected)
    {
        Assert.Equal(expected, Quantity.IsPositive(text));
    }
}
