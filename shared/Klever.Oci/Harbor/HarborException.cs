using System.Net;

namespace Klever.Oci.Harbor;

/// <summary>A request that Harbor's REST API refused or did not answer. The message has the method, the path, the status and what
/// Harbor said; never a credential.</summary>
public sealed class HarborException : Exception
{
    internal HarborException(string message, HttpStatusCode? status = null, Exception? inner = null)
        : base(message, inner) => Status = status;

    /// <summary>Whether what answered is something else, such as a web server.</summary>
    public bool IsNotHarbor { get; internal init; }

    /// <summary>Whether the answer is beyond <see cref="HarborLimits.MaximumAnswerBytes"/>.</summary>
    public bool IsTooLarge { get; internal init; }

    /// <summary>Null when no answer came, or none that is taken.</summary>
    public HttpStatusCode? Status { get; }

    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    public bool IsConflict => Status == HttpStatusCode.Conflict;

    public bool IsUnauthorized => Status == HttpStatusCode.Unauthorized;

    /// <summary>The account lacks a right; an unknown project answers the same to all but administrators.</summary>
    public bool IsForbidden => Status == HttpStatusCode.Forbidden;

    /// <summary>The artifact is protected: an immutable tag, or an index that refers to it.</summary>
    public bool IsProtected => Status == HttpStatusCode.PreconditionFailed;

    public bool IsTransient => !IsTooLarge && (int?)Status is null or 408 or 429 or >= 500;
}
