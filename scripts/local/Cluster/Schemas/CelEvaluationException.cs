namespace Klever.Local.Cluster.Schemas;

/// <summary>An expression met a value that it cannot work with, such as a missing member.</summary>
internal sealed class CelEvaluationException(string message) : Exception(message);
