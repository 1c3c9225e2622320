using Klever.Local.Feed;
using Klever.Local.Jobs;
using Klever.Local.Yaml;

namespace Klever.Local.Cluster;

/// <summary>How the local cluster runs.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>Port of the API on the loopback interface; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Directory of the state and of the pods; null keeps objects in memory and pods in a temporary directory.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>YAML files whose CustomResourceDefinitions are served from the start.</summary>
    public IReadOnlyList<string> DefinitionFiles { get; init; } = [];

    /// <summary>Directories of YAML whose Roles and bindings hold for the service accounts that they name.</summary>
    public IReadOnlyList<AppliedDirectory> Roles { get; init; } = [];

    /// <summary>Namespaces that are there from the start.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = ["default"];

    public PodOptions Pods { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where every change of an object is shown; null for nowhere.</summary>
    public LiveFeed? Feed { get; init; }
}
