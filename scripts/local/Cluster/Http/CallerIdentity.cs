namespace Klever.Local.Cluster.Http;

/// <summary>Who calls: nothing is proved here, it is only written down, to be compared with the Roles.</summary>
/// <remarks>A bearer token <c>local:NAME</c> names a service account; else a User-Agent that is a user name such as
/// <c>system:serviceaccount:NAMESPACE:NAME</c> is taken as one.</remarks>
internal static class CallerIdentity
{
    private const string TokenPrefix = "Bearer local:";
    private const string AccountPrefix = "system:serviceaccount:";

    public static string Of(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(TokenPrefix, StringComparison.Ordinal))
        {
            return authorization[TokenPrefix.Length..].Trim();
        }

        var agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith(AccountPrefix, StringComparison.Ordinal) ? agent : "system:anonymous";
    }
}
