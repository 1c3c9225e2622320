using System.Diagnostics;
using Klever.Local.Feed;

namespace Klever.Local.Demo;

/// <summary>Prints what happens, each line with the seconds since the start.</summary>
internal sealed class Screen(Stopwatch clock)
{
    private readonly Lock _gate = new();

    public void Title(string text)
    {
        lock (_gate)
        {
            Console.WriteLine();
            Console.WriteLine($"== {text}");
        }
    }

    public void Line(string text)
    {
        lock (_gate)
        {
            foreach (var line in text.TrimEnd().Split('\n'))
            {
                Console.WriteLine($"{clock.Elapsed.TotalSeconds,7:0.00}  {line}");
            }
        }
    }

    /// <summary>Shows the feed until it is told to stop.</summary>
    public async Task FollowAsync(LiveFeed feed, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var entry in feed.FollowAsync(0, cancellationToken))
            {
                Line($"{entry.Kind,-9}{entry.Summary}");
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
