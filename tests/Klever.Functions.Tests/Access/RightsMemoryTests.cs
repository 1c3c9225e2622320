using Klever.Functions.Access;
using Klever.Testing;

namespace Klever.Functions.Tests.Access;

public sealed class RightsMemoryTests
{
    private static readonly HashSet<string> Pull = ["pull"];
    private readonly ManualClock _clock = new();

    [Fact]
    public void Find_WithinItsLife_IsWhatWasKept()
    {
        var memory = new RightsMemory(_clock);

        memory.Keep("YTpi", "team/bert", Pull);

        Assert.Same(Pull, memory.Find("YTpi", "team/bert"));
        Assert.Null(memory.Find("YTpj", "team/bert"));
        Assert.Null(memory.Find("YTpi", "team/other"));
    }

    [Fact]
    public void Find_AfterItsLife_IsNothing()
    {
        var memory = new RightsMemory(_clock);
        memory.Keep("YTpi", "team/bert", Pull);

        _clock.Advance(RightsMemory.Life);

        Assert.Null(memory.Find("YTpi", "team/bert"));
    }

    [Fact]
    public void Keep_WithoutEnd_StaysBounded()
    {
        var memory = new RightsMemory(_clock);

        for (var i = 0; i <= RightsMemory.MaximumEntries; i++)
        {
            memory.Keep("YTpi", $"team/{i}", Pull);
        }

        Assert.Null(memory.Find("YTpi", "team/0"));
        Assert.NotNull(memory.Find("YTpi", $"team/{RightsMemory.MaximumEntries}"));
    }
}
