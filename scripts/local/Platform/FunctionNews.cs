using Klever.Local.Feed;

namespace Klever.Local.Platform;

/// <summary>What a functions process says in its log about pushes and about what it wrote to the registry: neither passes the
/// cluster or the broker, so the feed would not know.</summary>
internal static class FunctionNews
{
    private static readonly (string Begin, string Kind)[] Lines = [("Push of ", "webhook"), ("Described ", "registry")];

    public static void Tell(LiveFeed feed, string process, string line)
    {
        var text = line.Trim();
        foreach (var (begin, kind) in Lines)
        {
            if (text.StartsWith(begin, StringComparison.Ordinal))
            {
                feed.Add(kind, text, new() { ["process"] = process, ["line"] = text });
            }
        }
    }
}
