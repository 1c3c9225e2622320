namespace Klever.Functions.Access;

/// <summary>Whether a caller has a right on many repositories; each is asked about once.</summary>
internal sealed class CallerRights(IAccess access, HttpRequest caller, Right right)
{
    private readonly Dictionary<string, bool> _known = [];

    /// <exception cref="AccessDeniedException">The caller has no credential, or a wrong one.</exception>
    public async Task<bool> HoldAsync(string repository, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(repository, out var holds))
        {
            _known[repository] = holds = await AskAsync(repository, cancellationToken);
        }

        return holds;
    }

    /// <exception cref="AccessDeniedException">The caller has no credential, or a wrong one.</exception>
    public async Task<bool> HoldAllAsync(IReadOnlyList<string> repositories, CancellationToken cancellationToken)
    {
        foreach (var repository in repositories)
        {
            if (!await HoldAsync(repository, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> AskAsync(string repository, CancellationToken cancellationToken)
    {
        try
        {
            await access.RequireAsync(caller, repository, right, cancellationToken);
            return true;
        }
        catch (AccessDeniedException exception) when (exception.Status == StatusCodes.Status403Forbidden)
        {
            return false;
        }
    }
}
