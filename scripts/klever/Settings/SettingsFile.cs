using System.Globalization;
using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.CommandLine.Settings;

/// <summary>A file of settings (<c>--config</c>, else <c>config.yaml</c> in klever's home): what neither an option nor the
/// environment says. A key is a variable without its prefix: <c>rootPath</c> is ORMB_ROOTPATH, <c>plain-http</c> ORMB_PLAIN_HTTP,
/// <c>server</c> KLEVER_SERVER.</summary>
internal sealed class SettingsFile
{
    private const int MaximumBytes = 64 * 1024;

    private static readonly string[] Prefixes = ["ORMB_", "KLEVER_"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="UsageException">A file that was named is not there, or is no list of settings.</exception>
    public static SettingsFile Load(string? named, string home)
    {
        var file = new FileInfo(named ?? Path.Combine(home, "config.yaml"));
        if (!file.Exists)
        {
            return named is null ? new SettingsFile() : throw new UsageException($"{file} is not there.");
        }

        try
        {
            return file.Length <= MaximumBytes
                ? Of(OrmbFile.FromYaml(File.ReadAllText(file.FullName)).ToJsonObject())
                : throw new UsageException($"{file} is longer than {MaximumBytes} bytes.");
        }
        catch (OrmbFileException exception)
        {
            throw new UsageException($"{file} is not a file of settings: {exception.Message}");
        }
    }

    public string? Find(string variable)
    {
        foreach (var prefix in Prefixes)
        {
            if (variable.StartsWith(prefix, StringComparison.Ordinal))
            {
                return _values.GetValueOrDefault(Key(variable[prefix.Length..]));
            }
        }

        return null;
    }

    private static SettingsFile Of(JsonObject document)
    {
        var settings = new SettingsFile();
        foreach (var (key, value) in document)
        {
            if (value is JsonValue scalar)
            {
                settings._values[Key(key)] = Convert.ToString(scalar, CultureInfo.InvariantCulture)!;
            }
        }

        return settings;
    }

    private static string Key(string name) => name.Replace("-", "").Replace("_", "").ToUpperInvariant();
}
