namespace Klever.Images;

/// <summary>Where an image comes from.</summary>
/// <param name="Version">The version of this tree.</param>
/// <param name="Revision">The commit.</param>
/// <param name="Created">The time of the commit, so that the same commit gives the same image.</param>
/// <param name="Architecture">As Go and OCI name it: amd64, arm64.</param>
/// <param name="BaseName">What the image stands on.</param>
internal sealed record ImageOrigin(string Version, string Revision, DateTimeOffset Created, string Architecture, string BaseName);
