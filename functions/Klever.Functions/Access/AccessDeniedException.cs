namespace Klever.Functions.Access;

/// <summary>A caller who may not do what was asked: 401 with a challenge, or 403 that names the missing right.</summary>
internal sealed class AccessDeniedException : Exception
{
    private AccessDeniedException(int status, string message)
        : base(message) => Status = status;

    public int Status { get; }

    public static AccessDeniedException Unauthenticated(string problem) => new(StatusCodes.Status401Unauthorized, problem);

    public static AccessDeniedException Undecided(string problem) => new(StatusCodes.Status403Forbidden, problem);

    /// <summary>Something works for what is not in the registry, so that Harbor cannot vouch for anybody.</summary>
    public static AccessDeniedException Foreign(string what) => new(
        StatusCodes.Status403Forbidden,
        $"{what} works for something that is not a model of the registry whose rights decide here; who may do what with it is for the "
        + "cluster to decide (kubectl).");

    /// <summary>Klever:Namespaces keeps the project, or the namespace, apart.</summary>
    public static AccessDeniedException Elsewhere(string repository, string namespaceName, string mapped) => new(
        StatusCodes.Status403Forbidden,
        $"{repository} is not worked on in namespace {namespaceName}; its project has {mapped} (Klever:Namespaces).");

    public static AccessDeniedException Forbidden(string repository, Right right) => new(
        StatusCodes.Status403Forbidden,
        $"This needs the right to {right.ToString().ToLowerInvariant()} on {repository}; Harbor does not give it to this account. "
        + "A project that does not exist is answered the same way.");
}
