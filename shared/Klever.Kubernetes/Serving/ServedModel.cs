using Klever.Models;

namespace Klever.Kubernetes.Serving;

/// <summary>What the registry has under the reference of a request.</summary>
/// <param name="Digest">The manifest that the tag names now; pods get this, so that all of them run the same
/// model.</param>
/// <param name="Description">The ormbfile of that manifest.</param>
public sealed record ServedModel(Digest Digest, OrmbFile Description);
