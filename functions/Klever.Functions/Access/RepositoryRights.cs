namespace Klever.Functions.Access;

/// <summary>What a list may show.</summary>
internal static class PullableRepositories
{
    /// <summary>Those of the repositories that the caller may pull; each is asked about once.</summary>
    /// <exception cref="AccessDeniedException">The caller sent no credential or a wrong one.</exception>
    public static async Task<IReadOnlySet<string>> PullableAsync(
        this IAccess access, HttpRequest caller, IEnumerable<string> repositories, CancellationToken cancellationToken)
    {
        var pullable = new HashSet<string>(StringComparer.Ordinal);
        foreach (var repository in repositories.Distinct())
        {
            try
            {
                await access.RequireAsync(caller, repository, Right.Pull, cancellationToken);
                pullable.Add(repository);
            }
            catch (AccessDeniedException exception) when (exception.Status == StatusCodes.Status403Forbidden)
            {
                // Somebody else's: not shown.
            }
        }

        return pullable;
    }
}
