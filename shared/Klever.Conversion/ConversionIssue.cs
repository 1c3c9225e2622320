using Klever.Models;

namespace Klever.Conversion;

/// <summary>One thing that stands against a conversion.</summary>
/// <param name="Problem">The kind.</param>
/// <param name="Detail">A clause that completes "…: ", such as <c>mode "lp" is not supported</c>; null where the kind
/// says enough.</param>
/// <param name="Layer">Name of the layer, node or blob, where there is one.</param>
/// <param name="Operation">Its type, such as <c>ROIPooling</c>.</param>
public sealed record ConversionIssue(
    ConversionProblem Problem, string? Detail = null, string? Layer = null, string? Operation = null)
{
    /// <example><c>layer "roi" of type ROIPooling is not supported</c></example>
    public override string ToString()
    {
        var place = (Layer, Operation) switch
        {
            (null, null) => "",
            (null, _) => $"an operation of type {Excerpt.Of(Operation)}",
            (_, null) => $"\"{Excerpt.Of(Layer)}\"",
            _ => $"layer \"{Excerpt.Of(Layer)}\" of type {Excerpt.Of(Operation)}",
        };
        return (place, Detail) switch
        {
            ("", _) => Detail ?? Problem.ToString(),
            (_, null) => $"{place} is not supported",
            _ => $"{place}: {Detail}",
        };
    }
}
