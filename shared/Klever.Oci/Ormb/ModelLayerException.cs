using Klever.Models;

namespace Klever.Oci.Ormb;

/// <summary>A layer that cannot be unpacked safely; the message names the entry, where there is one, and the reason.</summary>
public sealed class ModelLayerException : Exception
{
    public ModelLayerException(ModelLayerProblem problem, string reason, string? entry = null, Exception? inner = null)
        : base(entry is null ? $"the layer {reason}" : $"the layer's entry \"{Excerpt.Of(entry)}\" {reason}", inner) =>
        (Problem, Reason, Entry) = (problem, reason, entry);

    public ModelLayerProblem Problem { get; }

    /// <summary>The message without what it is about.</summary>
    public string Reason { get; }

    /// <summary>Path as in the archive; null when the problem is of the layer as a whole.</summary>
    public string? Entry { get; }
}
