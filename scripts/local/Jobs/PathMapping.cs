using System.Text.RegularExpressions;

namespace Klever.Local.Jobs;

/// <summary>Where the paths of a container lie on this machine. There is no mount namespace: instead the mounted paths are
/// rewritten where they stand in arguments and values of variables, as a whole path or its beginning.</summary>
internal sealed class PathMapping
{
    private readonly IReadOnlyList<(string Container, string Host)> _mounts;
    private readonly Regex? _pattern;

    /// <param name="mounts">Absolute path in the container to absolute path on this machine.</param>
    public PathMapping(IEnumerable<(string Container, string Host)> mounts)
    {
        _mounts = [.. mounts.Select(m => (m.Container.TrimEnd('/'), m.Host)).OrderByDescending(m => m.Item1.Length)];
        var paths = string.Join('|', _mounts.Select(m => Regex.Escape(m.Container)));
        _pattern = _mounts.Count == 0 ? null : new Regex($"""(?<![^\s=:,;'"<>|@])(?:{paths})(?=$|[\s/:,;'"<>|)])""");
    }

    /// <summary>The text with every mounted path in the place of which it lies.</summary>
    public string Rewrite(string text) => _pattern?.Replace(text, match => HostOf(match.Value)) ?? text;

    private string HostOf(string path) => _mounts.First(m => m.Container == path).Host;
}
