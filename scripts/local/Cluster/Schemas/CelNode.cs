namespace Klever.Local.Cluster.Schemas;

/// <summary>One compiled step of an expression: from the variables in scope to a value (null, bool, double, string,
/// <c>JsonObject</c> or a list of values).</summary>
internal delegate object? CelNode(IReadOnlyDictionary<string, object?> scope);
