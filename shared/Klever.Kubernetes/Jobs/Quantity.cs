using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Klever.Kubernetes.Jobs;

/// <summary>Resource quantities (apimachinery <c>resource.Quantity</c>), checked before the client's parser sees them:
/// that one
/// throws four kinds of exception and prints "-1" as a fraction.</summary>
public static partial class Quantity
{
    /// <summary>Whether the text is a quantity above zero. Exponents are legal in Kubernetes, but nobody means them
    /// here.</summary>
    public static bool IsPositive([NotNullWhen(true)] string? text) =>
        text is not null && Pattern().IsMatch(text) && text.AsSpan().ContainsAnyInRange('1', '9');

    [GeneratedRegex(@"\A[0-9]{1,15}(?:\.[0-9]{1,9})?(?:m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi)?\z")]
    private static partial Regex Pattern();
}
