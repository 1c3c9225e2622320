using Klever.CommandLine.Initialization.Layouts;

namespace Klever.CommandLine.Initialization.Placement;

/// <summary>Puts what was staged in place of what is there. The directory itself may be where a volume is mounted and
/// cannot be renamed, so each name in it is; between the first and the last the marker says that the directory is not
/// whole.</summary>
internal sealed class Publication(string directory, Staging staging, Marker? previous, Marker next)
{
    /// <summary>Does one step for each element that is asked for. After any of them the process may be killed: a
    /// later run finds in the marker what it may replace.</summary>
    /// <exception cref="IOException">Something is in the way that klever did not put there.</exception>
    public IEnumerable<string> Steps()
    {
        var before = previous?.Entries ?? [];
        RefuseForeign(before);
        var owned = before.Union(next.Entries).ToList();
        new Marker(Model: null, next.Settings, owned).Write(directory, staging.Path);
        yield return "marker opened";
        Directory.CreateDirectory(staging.Old);
        foreach (var entry in owned.Where(e => Path.Exists(Path.Combine(directory, e))))
        {
            Move(entry, directory, staging.Old);
            yield return $"{entry} removed";
        }

        foreach (var entry in next.Entries)
        {
            Move(entry, staging.New, directory);
            yield return $"{entry} placed";
        }

        next.Write(directory, staging.Path);
        yield return "marker closed";
        staging.Delete();
    }

    private static void Move(string entry, string from, string to)
    {
        var (source, target) = (Path.Combine(from, entry), Path.Combine(to, entry));
        if (Directory.Exists(source))
        {
            Directory.Move(source, target);
        }
        else
        {
            File.Move(source, target);
        }
    }

    private void RefuseForeign(IReadOnlyList<string> before)
    {
        if (next.Entries.Except(before).FirstOrDefault(e => Path.Exists(Path.Combine(directory, e))) is { } foreign)
        {
            throw new IOException(
                $"{Path.Combine(directory, foreign)} is already there, and klever did not put it there; "
                + "remove it or name another directory.");
        }
    }
}
