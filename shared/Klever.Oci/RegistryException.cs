using System.Net;

namespace Klever.Oci;

/// <summary>A request that a registry refused or that did not get through. The message has the method, the URL without its
/// query, the status and what the registry said; never a credential or token.</summary>
public sealed class RegistryException : Exception
{
    internal RegistryException(
        string message,
        HttpMethod method,
        Uri uri,
        HttpStatusCode? status = null,
        IReadOnlyList<RegistryError>? errors = null,
        bool isTransient = false,
        Exception? inner = null)
        : base(message, inner)
    {
        (Method, Url, Status, Errors) = (method.Method, Redact(uri), status, errors ?? []);
        IsTransient = isTransient || IsReadOnly || IsPassing(status);
    }

    public string Method { get; }

    /// <summary>Without user, query and fragment, where secrets travel.</summary>
    public string Url { get; }

    /// <summary>Null when no answer came.</summary>
    public HttpStatusCode? Status { get; }

    public IReadOnlyList<RegistryError> Errors { get; }

    /// <summary>Whether the same request may succeed later: no answer, 408, 429, most of 5xx, or a registry set to read only.</summary>
    public bool IsTransient { get; }

    /// <summary>No such repository, manifest, tag or blob.</summary>
    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    /// <summary>A wrong credential, too weak a one, or (Harbor) a project that does not exist.</summary>
    public bool IsUnauthorized => Status == HttpStatusCode.Unauthorized;

    /// <summary>Forbidden, whatever the reason: rights, quota, read only, a proxy project.</summary>
    public bool IsDenied => Status == HttpStatusCode.Forbidden;

    /// <summary>The tag may not be moved, not even to the same content. A new tag or a referrer is the way out.</summary>
    public bool IsImmutable => Status == HttpStatusCode.PreconditionFailed && !IsPolicyViolation;

    /// <summary>The project's policy forbids the pull until the artifact is signed or scanned.</summary>
    public bool IsPolicyViolation => Has("PROJECTPOLICYVIOLATION");

    /// <summary>The project's quota is used up.</summary>
    public bool IsQuota => IsDenied && Says("will exceed the configured upper limit");

    /// <summary>The registry takes no writes for now.</summary>
    public bool IsReadOnly => IsDenied && (Says("read only") || Says("read-only"));

    /// <summary>Larger than the registry, or what stands before it, takes.</summary>
    public bool IsTooLarge => Status == HttpStatusCode.RequestEntityTooLarge;

    /// <summary>A manifest came before what it references, as far as the registry sees.</summary>
    public bool IsBlobUnknown => Has("MANIFEST_BLOB_UNKNOWN");

    /// <summary>Whether an error of this code is among those that the registry gave.</summary>
    public bool Has(string code) => Errors.Any(e => e.Code == code);

    internal static bool IsPassing(HttpStatusCode? status) => (int?)status is 408 or 429 or 500 or 502 or 503 or 504;

    internal static string Redact(Uri uri) =>
        uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        + (uri.Query.Length > 0 ? "?…" : "");

    private bool Says(string text) => Errors.Any(e => e.Message.Contains(text, StringComparison.OrdinalIgnoreCase));
}
