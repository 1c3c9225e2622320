using System.Globalization;

namespace Klever.Functions.Hosting;

/// <summary>Settings that are not text; a wrong one ends the start with a sentence that names it.</summary>
internal static class SettingValues
{
    public static TimeSpan GetDuration(this IConfiguration configuration, string name, TimeSpan fallback) =>
        configuration[name] is not { Length: > 0 } text ? fallback
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration >= TimeSpan.Zero ? duration
        : throw new InvalidOperationException($"{Path(configuration, name)} is \"{text}\"; expected a duration such as 00:30:00.");

    public static int GetNumber(this IConfiguration configuration, string name, int fallback, int minimum, int maximum) =>
        configuration[name] is not { Length: > 0 } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum ? number
        : throw new InvalidOperationException($"{Path(configuration, name)} is \"{text}\"; expected a number from {minimum} to {maximum}.");

    private static string Path(IConfiguration configuration, string name) =>
        configuration is IConfigurationSection section ? $"{section.Path}:{name}" : name;
}
