namespace Klever.Functions.Access;

/// <summary>Rights on what works for several models: a serving, a ModelJob, a pod. They are those on all of its repositories. Null in
/// their place stands for something that works for anything else too: Harbor can vouch for nobody about that, so nobody sees or changes
/// it here, unless access is open; who may is for the cluster to decide.</summary>
internal static class RepositoryRights
{
    /// <summary>What a list may show: the items of which the caller may pull every model, in their order. Each repository is asked about
    /// once.</summary>
    /// <exception cref="AccessDeniedException">The caller sent no credential or a wrong one.</exception>
    public static async Task<IReadOnlyList<T>> VisibleAsync<T>(
        this IAccess access,
        HttpRequest caller,
        IEnumerable<T> items,
        Func<T, IReadOnlyList<string>?> repositories,
        CancellationToken cancellationToken)
    {
        var rights = new CallerRights(access, caller, Right.Pull);
        var visible = new List<T>();
        foreach (var item in items)
        {
            if (access is OpenAccess
                || (repositories(item) is { } asked && await rights.HoldAllAsync(asked, cancellationToken)))
            {
                visible.Add(item);
            }
        }

        return visible;
    }

    /// <param name="access">Who decides.</param>
    /// <param name="caller">Asked for its credential.</param>
    /// <param name="repositories">Of all that it works for; null when some of that is not in the registry.</param>
    /// <param name="right">On each of them.</param>
    /// <param name="what">What it is, for people.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="AccessDeniedException">The caller lacks the right on one of them, or nobody here has it.</exception>
    public static async Task RequireAllAsync(
        this IAccess access,
        HttpRequest caller,
        IReadOnlyList<string>? repositories,
        Right right,
        string what,
        CancellationToken cancellationToken)
    {
        if (repositories is null && access is not OpenAccess)
        {
            throw AccessDeniedException.Foreign(what);
        }

        foreach (var repository in repositories ?? [])
        {
            await access.RequireAsync(caller, repository, right, cancellationToken);
        }
    }
}
