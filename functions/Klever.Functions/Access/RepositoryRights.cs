namespace Klever.Functions.Access;

/// <summary>Rights on several repositories at once.</summary>
internal static class RepositoryRights
{
    /// <summary>Those of the repositories that the caller may pull, which is what a list may show; each is asked about once.</summary>
    /// <exception cref="AccessDeniedException">The caller sent no credential or a wrong one.</exception>
    public static async Task<IReadOnlySet<string>> PullableAsync(
        this IAccess access, HttpRequest caller, IEnumerable<string> repositories, CancellationToken cancellationToken)
    {
        var rights = new CallerRights(access, caller, Right.Pull);
        var pullable = new HashSet<string>(StringComparer.Ordinal);
        foreach (var repository in repositories)
        {
            if (await rights.HoldAsync(repository, cancellationToken))
            {
                pullable.Add(repository);
            }
        }

        return pullable;
    }

    /// <exception cref="AccessDeniedException">The caller lacks the right on one of them.</exception>
    public static async Task RequireAllAsync(
        this IAccess access, HttpRequest caller, IEnumerable<string> repositories, Right right, CancellationToken cancellationToken)
    {
        foreach (var repository in repositories)
        {
            await access.RequireAsync(caller, repository, right, cancellationToken);
        }
    }
}
