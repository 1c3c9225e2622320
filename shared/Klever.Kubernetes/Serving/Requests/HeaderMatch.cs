namespace Klever.Kubernetes.Serving.Requests;

/// <summary>Headers that must all match.</summary>
public sealed record HeaderMatch(IReadOnlyList<HeaderRule> Headers);

/// <param name="Name">Lower case, as HTTP/2 has it.</param>
/// <param name="Kind">How <paramref name="Value"/> is compared.</param>
/// <param name="Value">A value, a prefix, or a regular expression (RE2) of the whole value.</param>
public sealed record HeaderRule(string Name, HeaderMatchKind Kind, string Value);

public enum HeaderMatchKind
{
    Exact,
    Prefix,
    Regex,

    /// <summary>The header is missing, or its value does not match the expression.</summary>
    Exclude,
}
