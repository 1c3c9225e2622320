using Klever.Models;
using Klever.Oci;

namespace Klever.Images;

/// <summary>A layer that was written: the blob, and the digest of the archive inside, which the image's configuration names.</summary>
internal sealed record ImageLayer(Descriptor Blob, Digest DiffId);
