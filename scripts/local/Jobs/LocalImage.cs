namespace Klever.Local.Jobs;

/// <summary>What stands for a container image on this machine.</summary>
/// <param name="Directory">Put first on the PATH of the container's processes.</param>
/// <param name="Entrypoint">Run when a container names no command; null when the image has none.</param>
public sealed record LocalImage(string Directory, IReadOnlyList<string>? Entrypoint = null);
