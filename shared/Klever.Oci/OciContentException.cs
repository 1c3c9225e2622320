namespace Klever.Oci;

/// <summary>What is wrong with content that arrived.</summary>
public enum OciContentProblem
{
    /// <summary>The bytes hash to another digest than the one that names them.</summary>
    DigestMismatch,

    /// <summary>There are more or fewer bytes than the descriptor says.</summary>
    SizeMismatch,

    /// <summary>The connection ended early, and asking again did not bring the rest.</summary>
    Truncated,

    /// <summary>A limit of <see cref="OciLimits"/> or of the caller was exceeded.</summary>
    TooLarge,

    /// <summary>A manifest, index or list is not the JSON that the specification asks for.</summary>
    NotTheDocument,
}

/// <summary>Content that is not what its descriptor or media type says. The message names the content and what was expected.</summary>
public sealed class OciContentException : IOException
{
    internal OciContentException(OciContentProblem problem, string message, Exception? inner = null)
        : base(message, inner) => Problem = problem;

    public OciContentProblem Problem { get; }
}
