namespace Klever.Testing.Registry;

/// <summary>What is switched on in a docker-registry under test.</summary>
public sealed record DockerRegistryOptions
{
    /// <summary>Where its notifications of pushes go, with references included; null for nowhere.</summary>
    public Uri? NotifyUri { get; init; }

    /// <summary>The Authorization header of the notifications.</summary>
    public string? NotifyAuthorization { get; init; }

    /// <summary>Whether it wants <see cref="DockerRegistry.User"/> and <see cref="DockerRegistry.Password"/>.</summary>
    public bool RequirePassword { get; init; }
}
