namespace Klever.Conversion.MXNetToOnnx.Detection;

/// <summary>Boxes of which some are to be suppressed; values of [batch, box] and, for the boxes,
/// [batch, box, 4].</summary>
internal sealed record Candidates
{
    public required string Boxes { get; init; }

    /// <summary>Descending.</summary>
    public required string Scores { get; init; }

    /// <summary>Where given, only boxes of one class are compared.</summary>
    public string? Classes { get; init; }

    public required long Count { get; init; }

    /// <summary>Boxes with this score or less are none.</summary>
    public required double Threshold { get; init; }

    /// <summary>Boxes that overlap a better one by more than this part of their union do not stay.</summary>
    public required double Overlap { get; init; }

    /// <summary>Boxes are a center and a size, not two corners.</summary>
    public bool AreCenters { get; init; }
}
