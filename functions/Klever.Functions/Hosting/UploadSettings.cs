using System.Globalization;
using Klever.Oci.Ormb;

namespace Klever.Functions.Hosting;

/// <summary>What uploads may be at most; <c>Klever:Uploads:…</c>.</summary>
internal sealed record UploadSettings
{
    private const long GiB = 1L << 30;

    /// <summary><c>MaximumBytes</c> of an archive, in one request or in all its chunks together.</summary>
    public long MaximumBytes { get; init; } = 100 * GiB;

    /// <summary><c>MaximumUnpackedBytes</c> of its files together.</summary>
    public long MaximumUnpackedBytes { get; init; } = 200 * GiB;

    /// <summary><c>MaximumEntries</c>: files and folders of an archive.</summary>
    public int MaximumEntries { get; init; } = ModelLayerLimits.Default.MaximumEntries;

    /// <summary><c>TimeToLive</c> of chunks: an upload that gets none for this long is forgotten.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromDays(1);

    public ModelLayerLimits Limits => ModelLayerLimits.Default with
    {
        MaximumEntries = MaximumEntries,
        MaximumEntryBytes = MaximumUnpackedBytes,
        MaximumTotalBytes = MaximumUnpackedBytes,
    };

    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static UploadSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Klever:Uploads");
        var defaults = new UploadSettings();
        return new UploadSettings
        {
            MaximumBytes = Number(section, nameof(MaximumBytes), defaults.MaximumBytes),
            MaximumUnpackedBytes = Number(section, nameof(MaximumUnpackedBytes), defaults.MaximumUnpackedBytes),
            MaximumEntries = (int)Math.Min(int.MaxValue, Number(section, nameof(MaximumEntries), defaults.MaximumEntries)),
            TimeToLive = section[nameof(TimeToLive)] is not { Length: > 0 } text ? defaults.TimeToLive
                : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var life) && life > TimeSpan.Zero ? life
                : throw new InvalidOperationException($"Klever:Uploads:TimeToLive is \"{text}\"; expected a duration such as 1.00:00:00."),
        };
    }

    private static long Number(IConfigurationSection section, string name, long fallback) =>
        section[name] is not { Length: > 0 } text ? fallback
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new InvalidOperationException($"{section.Path}:{name} is \"{text}\"; expected a count above zero.");
}
