namespace Klever.Local.Jobs;

/// <summary>How pods run on this machine.</summary>
public sealed record PodOptions
{
    /// <summary>Image name to what stands for it. A key without a tag or digest stands for all of them; a container whose image
    /// is not here never starts (ErrImagePull).</summary>
    public IReadOnlyDictionary<string, LocalImage> Images { get; init; } = new Dictionary<string, LocalImage>();

    /// <summary>Pods with an end, such as those of Jobs, that run at the same time at most; the rest waits as Pending.</summary>
    public int MaximumPods { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Pods without an end, such as those of servings, that run at the same time at most.</summary>
    public int MaximumServers { get; init; } = 16;

    /// <summary>Environment variables of this process that containers get too.</summary>
    public IReadOnlyList<string> InheritedVariables { get; init; } = ["PATH", "DOTNET_ROOT", "LANG"];

    /// <summary>First delay before a failed pod of a Job is replaced; it doubles each time (10 s in Kubernetes).</summary>
    public TimeSpan BackoffDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Delay between two attempts at an image that is missing.</summary>
    public TimeSpan ImageRetryDelay { get; init; } = TimeSpan.FromSeconds(5);
}
