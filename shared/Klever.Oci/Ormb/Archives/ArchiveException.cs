using Klever.Models;

namespace Klever.Oci.Ormb.Archives;

/// <summary>An archive that is not taken; the message names the entry, where there is one, and the reason.</summary>
public sealed class ArchiveException : Exception
{
    public ArchiveException(ModelLayerProblem problem, string reason, string? entry = null, Exception? inner = null)
        : base(entry is null ? $"the archive {reason}" : $"the archive's entry \"{Excerpt.Of(entry)}\" {reason}", inner) =>
        Problem = problem;

    public ModelLayerProblem Problem { get; }

    // The readers of layers serve archives too, and speak of a layer.
    internal static ArchiveException From(ModelLayerException exception) =>
        new(exception.Problem, exception.Reason, exception.Entry, exception);
}
