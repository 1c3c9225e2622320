namespace Klever.Local.Broker.Definitions;

/// <summary>A cron schedule of five fields (minute, hour, day, month, weekday) with lists, ranges and steps; times are UTC.</summary>
internal sealed class CronSchedule
{
    private static readonly (int First, int Last)[] Ranges = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];
    private readonly IReadOnlySet<int>[] _fields;

    private CronSchedule(IReadOnlySet<int>[] fields) => _fields = fields;

    /// <exception cref="FormatException">It has other fields than the five, or a value out of its range.</exception>
    public static CronSchedule Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == Ranges.Length
            ? new CronSchedule([.. parts.Select((part, index) => Values(part, Ranges[index], text))])
            : throw new FormatException($"\"{text}\" is not a cron schedule of five fields.");
    }

    public bool Includes(DateTimeOffset minute)
    {
        var time = minute.UtcDateTime;
        int[] values = [time.Minute, time.Hour, time.Day, time.Month, (int)time.DayOfWeek];
        return values.Select((value, index) => _fields[index].Contains(value)).All(included => included);
    }

    private static HashSet<int> Values(string field, (int First, int Last) range, string text)
    {
        var values = new HashSet<int>();
        foreach (var item in field.Split(','))
        {
            var step = item.Split('/') is [_, var number] ? Number(number, text) : 1;
            var span = item.Split('/')[0];
            var (first, last) = span == "*" ? range
                : span.Split('-') is [var from, var to] ? (Number(from, text), Number(to, text))
                : (Number(span, text), item.Contains('/') ? range.Last : Number(span, text));
            if (first < range.First || last > range.Last || step < 1)
            {
                throw new FormatException($"\"{text}\" is not a cron schedule: \"{item}\" is out of range.");
            }

            for (var value = first; value <= last; value += step)
            {
                values.Add(value);
            }
        }

        return values;
    }

    private static int Number(string digits, string text) =>
        int.TryParse(digits, out var number) ? number : throw new FormatException($"\"{text}\" is not a cron schedule: \"{digits}\" is no number.");
}
