using System.Diagnostics.CodeAnalysis;

namespace Klever.Functions.HarborAgent;

/// <summary>What is asked of Harbor: path and query exactly as the client wrote them, once they are known to stay within the parts of
/// Harbor that are shown.</summary>
/// <remarks>Nothing is decoded and encoded again: <c>%2F</c> and <c>%252F</c> name different repositories in Harbor's REST API, and the
/// state of an upload is in the query.</remarks>
internal sealed record AgentTarget
{
    public const string NotShown = "it is not a part of Harbor that is shown here";

    /// <summary>Times that a server behind may decode a path; Harbor does it twice.</summary>
    private const int MaximumDecodings = 4;

    private static readonly string[] Shown = ["api", "v2", "c", "service"];

    private AgentTarget(string pathAndQuery) => PathAndQuery = pathAndQuery;

    public string PathAndQuery { get; }

    /// <param name="rawTarget">The request target as it stood in the request line.</param>
    /// <param name="problem">Why it is not forwarded; never repeats the target.</param>
    public static bool TryRead(string rawTarget, [NotNullWhen(true)] out AgentTarget? target, out string problem)
    {
        var query = rawTarget.IndexOf('?');
        var path = query < 0 ? rawTarget : rawTarget[..query];
        problem = Problem(rawTarget, path);
        target = problem.Length == 0 ? new AgentTarget(Complete(path) + rawTarget[path.Length..]) : null;
        return target is not null;
    }

    private static string Problem(string rawTarget, string path)
    {
        if (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal))
        {
            return "the request target is not a path";
        }

        if (rawTarget.AsSpan().ContainsAnyExceptInRange('!', '~') || rawTarget.Contains('#'))
        {
            return "the request target holds characters that must be encoded";
        }

        var decoded = Decode(path);
        if (decoded is null || decoded.Any(c => char.IsControl(c) || c == '\\') || decoded.Split('/').Any(part => part is "." or ".."))
        {
            return "the path holds dot segments, backslashes or control characters";
        }

        return IsShown(path, decoded.Split('/', StringSplitOptions.RemoveEmptyEntries)) ? "" : NotShown;
    }

    // The first part counts as written, so that it is the very one that the route was chosen by.
    private static bool IsShown(string path, string[] parts) =>
        Shown.Contains(path.Split('/', 3)[1], StringComparer.Ordinal)
        && !Begins(parts, "api", "v1alpha1") && !Begins(parts, "service", "notifications");

    private static bool Begins(string[] parts, string first, string second) =>
        parts.Length > 1 && parts[0] == first && string.Equals(parts[1], second, StringComparison.OrdinalIgnoreCase);

    // As the last server that decodes it could see it; null when it is encoded more often than anyone has a reason to.
    private static string? Decode(string path)
    {
        for (var i = 0; i <= MaximumDecodings; i++)
        {
            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path)
            {
                return decoded;
            }

            path = decoded;
        }

        return null;
    }

    // Without the slash Harbor does not know the first, and a registry redirects the second, which makes clients turn POST into GET.
    private static string Complete(string path) =>
        path == "/v2" || (path.StartsWith("/v2/", StringComparison.Ordinal) && path.EndsWith("/blobs/uploads", StringComparison.Ordinal))
            ? path + "/"
            : path;
}
