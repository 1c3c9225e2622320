namespace Klever.Registry;

/// <summary>How the in-process registry behaves.</summary>
public sealed record InProcessRegistryOptions
{
    /// <summary>On the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where blobs, manifests and tags are kept, also from run to run. Null is a temporary directory that is deleted at the end.</summary>
    public string? Directory { get; init; }

    /// <summary>Whether it has the referrers API, as Harbor; docker-registry 2.8 answers 404 in plain text.</summary>
    public bool Referrers { get; init; } = true;

    /// <summary>Whether upload locations and links are paths rather than whole URLs.</summary>
    public bool RelativeLocations { get; init; }

    /// <summary>Entries of a page of tags or repositories at most, whatever is asked for.</summary>
    public int MaximumPage { get; init; } = 1000;

    /// <summary>Null lets everyone do everything.</summary>
    public RegistryAccess? Access { get; init; }

    /// <summary>Gets the notifications that docker-registry would post: the bytes of one envelope for each pushed manifest.</summary>
    public Func<byte[], CancellationToken, Task>? Notify { get; init; }

    /// <summary>Where the same envelopes are posted, a few times each until they are taken.</summary>
    public Uri? NotifyUri { get; init; }
}
