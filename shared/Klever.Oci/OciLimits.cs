namespace Klever.Oci;

/// <summary>What is taken from a registry at most, how often it is asked again, and how long it is waited for.</summary>
public static class OciLimits
{
    private const int MiB = 1024 * 1024;

    /// <summary>Bytes of a manifest or index; registries refuse larger ones (distribution specification, "Pushing Manifests").</summary>
    public const int MaximumManifestBytes = 4 * MiB;

    /// <summary>Bytes of a config blob that is held whole.</summary>
    public const int MaximumConfigBytes = 4 * MiB;

    /// <summary>Nesting of a manifest or index.</summary>
    public const int MaximumDocumentDepth = 32;

    /// <summary>Bytes of one page of tags or repositories.</summary>
    public const int MaximumPageBytes = 4 * MiB;

    /// <summary>Entries asked for with one page.</summary>
    public const int PageSize = 1000;

    /// <summary>Pages of one listing.</summary>
    public const int MaximumPages = 10_000;

    /// <summary>Bytes of an error body that are read; the rest is left.</summary>
    public const int MaximumErrorBytes = 64 * 1024;

    /// <summary>Errors of one response that an exception keeps.</summary>
    public const int MaximumErrors = 10;

    /// <summary>Bytes of a token endpoint's answer.</summary>
    public const int MaximumTokenBytes = MiB;

    /// <summary>Characters of a <c>WWW-Authenticate</c> header.</summary>
    public const int MaximumChallengeLength = 8 * 1024;

    /// <summary>Tokens remembered by one client; all are forgotten when there are more.</summary>
    public const int MaximumTokens = 1000;

    /// <summary>Redirects followed for one request.</summary>
    public const int MaximumRedirects = 5;

    /// <summary>Times that a request is sent when the registry or the way to it fails for a moment.</summary>
    public const int MaximumAttempts = 4;

    /// <summary>Times that a manifest is sent: Harbor answers 500 also for a config that it will never take, and each accepted
    /// repetition raises one more event.</summary>
    public const int MaximumManifestAttempts = 2;

    /// <summary>Times that a manifest is sent whose blobs the registry does not see.</summary>
    public const int MaximumBlobUnknownAttempts = 4;

    /// <summary>Breaks of one download that are mended without <see cref="ResumeProgressBytes"/> between them.</summary>
    public const int MaximumResumes = 8;

    /// <summary>Bytes after which a download counts as healthy again.</summary>
    public const long ResumeProgressBytes = 16 * MiB;

    /// <summary>Times that the fallback index of referrers is written when another writer takes our entry out again.</summary>
    public const int MaximumReferrerAttempts = 4;

    /// <summary>The first pause between attempts; it doubles each time, and the true pause is a random part of it.</summary>
    public static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause between attempts.</summary>
    public static readonly TimeSpan MaximumRetryDelay = TimeSpan.FromSeconds(10);

    /// <summary>The longest <c>Retry-After</c> that is waited for; a longer one is cut to this.</summary>
    public static readonly TimeSpan MaximumRetryAfter = TimeSpan.FromSeconds(60);

    /// <summary>Time for a connection to be made.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Time without a byte in either direction after which a request has failed.</summary>
    public static readonly TimeSpan ActivityTimeout = TimeSpan.FromSeconds(100);

    /// <summary>The life of a token whose answer does not say it (distribution, "Token Authentication").</summary>
    public static readonly TimeSpan DefaultTokenLife = TimeSpan.FromSeconds(60);

    /// <summary>Time for giving up an upload politely.</summary>
    public static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(5);

    // Below the large object heap's threshold times a few; pooled, so it is allocated once per transfer at most.
    internal const int TransferBufferBytes = 256 * 1024;
}
