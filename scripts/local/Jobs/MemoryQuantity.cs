namespace Klever.Local.Jobs;

/// <summary>A quantity of memory such as 512Mi or 1.5G, in bytes.</summary>
internal static class MemoryQuantity
{
    private static readonly IReadOnlyList<(string Suffix, double Factor)> Suffixes =
    [
        ("Ki", 1024), ("Mi", 1024 * 1024), ("Gi", 1024d * 1024 * 1024), ("Ti", 1024d * 1024 * 1024 * 1024),
        ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("", 1),
    ];

    public static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var (suffix, factor) = Suffixes.First(s => text.EndsWith(s.Suffix, StringComparison.Ordinal));
        var isNumber = double.TryParse(text[..^suffix.Length], out var number) && number is >= 0 and < 1e15;
        bytes = isNumber ? (long)(number * factor) : 0;
        return isNumber;
    }
}
