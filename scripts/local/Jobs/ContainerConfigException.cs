namespace Klever.Local.Jobs;

/// <summary>A container cannot be started as it is described; kubelet shows it as a waiting reason and tries again.</summary>
/// <param name="reason">ErrImagePull, CreateContainerConfigError and so on.</param>
internal sealed class ContainerConfigException(string reason, string message) : Exception(message)
{
    public string Reason { get; } = reason;
}
