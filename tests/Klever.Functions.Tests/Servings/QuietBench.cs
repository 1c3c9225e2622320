namespace Klever.Functions.Tests.Servings;

/// <summary>Servings that stay objects: no pod of theirs starts.</summary>
public sealed class QuietBench() : ServingBench(maximumServers: 0);
