namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>Where a file goes.</summary>
/// <param name="Source">Relative to <c>model/</c>.</param>
/// <param name="Target">Relative to the directory of the model, with forward slashes.</param>
internal sealed record PlannedFile(string Source, string Target);

/// <summary>A text that the layout adds.</summary>
internal sealed record PlannedDocument(string Target, string Content);

/// <summary>What the directory of a model will hold.</summary>
internal sealed record LayoutPlan
{
    /// <summary>Names with this start are ours: the marker, the lock and what is under way.</summary>
    public const string ReservedPrefix = ".klever";

    /// <exception cref="LayoutException">Two files would get one place, or a file one of ours.</exception>
    public LayoutPlan(IReadOnlyList<PlannedFile> files, params IReadOnlyList<PlannedDocument> documents)
    {
        (Files, Documents) = (files, documents);
        var targets = files.Select(f => f.Target).Concat(documents.Select(d => d.Target)).ToList();
        Entries = [.. targets.Select(t => t.Split('/', 2)[0]).Distinct().Order(StringComparer.Ordinal)];
        Check(targets);
    }

    public IReadOnlyList<PlannedFile> Files { get; }

    public IReadOnlyList<PlannedDocument> Documents { get; }

    /// <summary>The names directly in the directory of the model.</summary>
    public IReadOnlyList<string> Entries { get; }

    private void Check(List<string> targets)
    {
        if (Entries.FirstOrDefault(e => e.StartsWith(ReservedPrefix, StringComparison.Ordinal)) is { } reserved)
        {
            throw LayoutException.NotTheFormat($"the model holds \"{reserved}\", a name that klever keeps for itself.");
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        if (targets.FirstOrDefault(t => !taken.Add(t)) is { } twice)
        {
            throw LayoutException.NotTheFormat($"two files of the model would become {twice}; rename one of them.");
        }

        if (targets.SelectMany(Parents).FirstOrDefault(taken.Contains) is { } both)
        {
            throw LayoutException.NotTheFormat($"{both} would be a file and a directory; rename one of them.");
        }
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }
}
