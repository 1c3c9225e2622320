namespace Klever.Oci.Authentication;

/// <summary>One challenge of a <c>WWW-Authenticate</c> header (RFC 9110, section 11.6.1).</summary>
/// <param name="Scheme">Lower case: <c>basic</c>, <c>bearer</c>.</param>
/// <param name="Parameters">Names without regard to case.</param>
internal sealed record AuthenticationChallenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public string? this[string name] => Parameters.GetValueOrDefault(name);
}
