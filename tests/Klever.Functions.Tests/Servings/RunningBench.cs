namespace Klever.Functions.Tests.Servings;

/// <summary>Servings that come up, as far as this machine has their servers.</summary>
public sealed class RunningBench() : ServingBench(maximumServers: 16);
