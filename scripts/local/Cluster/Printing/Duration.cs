namespace Klever.Local.Cluster.Printing;

/// <summary>Durations as kubectl shows them (apimachinery <c>HumanDuration</c>): 45s, 4m12s, 35m, 3h20m, 12h, 2d4h, 30d.</summary>
internal static class Duration
{
    public static string Since(DateTimeOffset? time, DateTimeOffset now) => time is null ? "<unknown>" : Show(now - time.Value);

    public static string Show(TimeSpan span) => span switch
    {
        _ when span < TimeSpan.Zero => "0s",
        _ when span < TimeSpan.FromMinutes(2) => $"{(int)span.TotalSeconds}s",
        _ when span < TimeSpan.FromMinutes(10) => Pair((int)span.TotalMinutes, "m", span.Seconds, "s"),
        _ when span < TimeSpan.FromHours(3) => $"{(int)span.TotalMinutes}m",
        _ when span < TimeSpan.FromHours(8) => Pair((int)span.TotalHours, "h", span.Minutes, "m"),
        _ when span < TimeSpan.FromHours(48) => $"{(int)span.TotalHours}h",
        _ when span < TimeSpan.FromDays(8) => Pair((int)span.TotalDays, "d", span.Hours, "h"),
        _ => $"{(int)span.TotalDays}d",
    };

    private static string Pair(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit}{small}{smallUnit}";
}
