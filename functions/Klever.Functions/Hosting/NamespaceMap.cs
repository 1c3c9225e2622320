using Klever.Functions.Access;

namespace Klever.Functions.Hosting;

/// <summary>Which namespace works for which Harbor project: one for all, unless <c>Klever:Namespaces</c> says else.</summary>
internal sealed record NamespaceMap
{
    /// <summary>Every namespace of the cluster; reading them all needs a ClusterRole.</summary>
    private const string Everywhere = "*";

    private readonly Dictionary<string, string> _ofProject = [];
    private readonly SortedSet<string> _watched = new(StringComparer.Ordinal);

    private NamespaceMap(string fallback)
    {
        Default = fallback;
        _watched.Add(fallback);
    }

    /// <summary>Where the models of all other projects go.</summary>
    public string Default { get; }

    /// <summary>The namespaces that a sweep looks at; null stands for all of the cluster.</summary>
    public IReadOnlyList<string?> Swept => _watched.Contains(Everywhere) ? [null] : [.. _watched];

    /// <summary>The namespace for a repository: that of its project.</summary>
    public string Of(string repository) => _ofProject.GetValueOrDefault(Project(repository), Default);

    /// <summary>Whether models of a repository may be worked on in a namespace. A project that has a namespace stays in it, and a
    /// namespace that has projects is for them alone.</summary>
    public bool Allows(string space, string repository) =>
        Of(repository) == space || (!_ofProject.ContainsKey(Project(repository)) && !_ofProject.ContainsValue(space));

    /// <exception cref="AccessDeniedException">Not here; the message says where.</exception>
    public void Require(string space, string repository)
    {
        if (!Allows(space, repository))
        {
            throw AccessDeniedException.Elsewhere(repository, space, Of(repository));
        }
    }

    /// <param name="fallback">For projects that are not named.</param>
    /// <param name="entries"><c>PROJECT=NAMESPACE</c>; a bare <c>NAMESPACE</c> is swept only, <c>*</c> sweeps all.</param>
    /// <exception cref="FormatException">An entry is neither.</exception>
    public static NamespaceMap Parse(string fallback, IEnumerable<string> entries)
    {
        RequireName(fallback);
        var map = new NamespaceMap(fallback);
        foreach (var entry in entries)
        {
            var (project, space) = entry.Split('=') switch
            {
                [var name] => (null, name),
                [{ Length: > 0 } left, var right] => (left, right),
                _ => throw new FormatException($"\"{entry}\" is not PROJECT=NAMESPACE, NAMESPACE or *."),
            };
            if (project is not null || space != Everywhere)
            {
                RequireName(space);
            }

            map._watched.Add(space);
            if (project is not null && !map._ofProject.TryAdd(project, space))
            {
                throw new FormatException($"project {project} is named twice.");
            }
        }

        return map;
    }

    private static string Project(string repository) => repository.Split('/', 2)[0];

    private static void RequireName(string space)
    {
        var isLabel = space.Length is > 0 and <= 63 && space[0] != '-' && space[^1] != '-'
            && space.All(c => c is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));
        if (!isLabel)
        {
            throw new FormatException($"\"{space}\" is not a namespace: lower-case letters, digits and dashes, at most 63.");
        }
    }
}
