using Klever.Models;

namespace Klever.Oci.Ormb;

/// <summary>Why an artifact is no ORMB model.</summary>
public enum NotAModelReason
{
    /// <summary>An index of several manifests, or no manifest at all.</summary>
    NotAManifest,

    /// <summary>It says something about another artifact: a signature, an SBOM.</summary>
    HasSubject,

    /// <summary>Its config is of another type: a container image, a chart.</summary>
    ConfigType,

    /// <summary>It has no layer, or several.</summary>
    LayerCount,

    /// <summary>Its config has the right type, but cannot be read.</summary>
    Config,
}

/// <summary>An artifact that exists but is no ORMB model; the message names it and what a model would have.</summary>
public sealed class NotAModelException : Exception
{
    internal NotAModelException(NotAModelReason reason, string place, string tagOrDigest, string text, Exception? inner = null)
        : base($"{place} {Excerpt.Of(tagOrDigest)} is not an ORMB model: {text}.", inner) => Reason = reason;

    public NotAModelReason Reason { get; }
}
