using Klever.Local.Feed;
using Klever.Local.Yaml;

namespace Klever.Local.Broker;

/// <summary>How the eventing side of the platform runs.</summary>
public sealed record EventingOptions
{
    /// <summary>The directories of <c>knative/</c> whose YAML is played.</summary>
    public required IReadOnlyList<AppliedDirectory> Definitions { get; init; }

    /// <summary>Address of the cluster's API.</summary>
    public required Uri Cluster { get; init; }

    /// <summary>Name of a Service in the YAML to where it listens on this machine.</summary>
    public required IReadOnlyDictionary<string, Uri> Services { get; init; }

    /// <summary>Port of the ingress on the loopback interface; 0 takes a free one.</summary>
    public int Port { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public required LiveFeed Feed { get; init; }
}
