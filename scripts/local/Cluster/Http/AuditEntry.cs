namespace Klever.Local.Cluster.Http;

/// <summary>One call of the API.</summary>
/// <param name="Resource">As a Role names it, a subresource included: <c>modeljobs/status</c>.</param>
internal sealed record AuditEntry(
    DateTimeOffset Time, string User, string Verb, string Group, string Resource, string? Namespace, string? Name, int Code);
