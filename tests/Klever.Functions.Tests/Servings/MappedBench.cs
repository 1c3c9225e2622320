namespace Klever.Functions.Tests.Servings;

/// <summary>Servings that stay objects, where the project <c>mapped</c> has a namespace, whose Secret has another name.</summary>
public sealed class MappedBench()
    : ServingBench(maximumServers: 0, ("Klever:Namespaces", "mapped=other"), ("Klever:Jobs:PullSecrets", "other=ormb-other"));
