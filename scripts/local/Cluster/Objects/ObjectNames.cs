using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Klever.Local.Cluster.Objects;

/// <summary>The rules for names of objects and labels (RFC 1123, Kubernetes "Object Names and IDs").</summary>
internal static partial class ObjectNames
{
    private const int MaximumSubdomain = 253;
    private const int MaximumLabel = 63;
    private const int MaximumGeneratedBase = 58;
    private const int GeneratedLength = 5;

    /// <summary>Letters that form no words, as in names that an API server generates.</summary>
    private const string GeneratedAlphabet = "bcdfghjklmnpqrstvwxz2456789";

    private const string LabelRule =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
        + "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string SubdomainRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end "
        + "with an alphanumeric character (e.g. 'example.com', regex used for validation is "
        + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelValueRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end "
        + "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
        + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    /// <summary>What is wrong with the name of an object of that kind; null when nothing is.</summary>
    public static string? Problem(ResourceType type, string name) =>
        type is { Group: "", Kind: "Namespace" or "Service" }
            ? Check(name, MaximumLabel, Label(), LabelRule)
            : Check(name, MaximumSubdomain, Subdomain(), SubdomainRule);

    /// <summary>What is wrong with a value of a label; null when nothing is.</summary>
    public static string? LabelValueProblem(string value) => Check(value, MaximumLabel, LabelValue(), LabelValueRule);

    /// <summary>The name made from <c>metadata.generateName</c>.</summary>
    public static string Generate(string prefix) =>
        prefix[..Math.Min(prefix.Length, MaximumGeneratedBase)] + RandomNumberGenerator.GetString(GeneratedAlphabet, GeneratedLength);

    private static string? Check(string text, int maximum, Regex rule, string wording)
    {
        if (text.Length > maximum)
        {
            return $"must be no more than {maximum} characters";
        }

        return rule.IsMatch(text) ? null : wording;
    }

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"\A(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z")]
    private static partial Regex LabelValue();
}
