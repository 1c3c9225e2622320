namespace Klever.Formats.Pmml;

/// <summary>A field as a model's mining schema uses it.</summary>
/// <param name="Usage"><c>active</c>, <c>target</c>, <c>predicted</c>, <c>supplementary</c> and more.</param>
internal sealed record PmmlMiningField(string Name, string Usage, string? OpType)
{
    public bool IsActive => Usage == "active";

    /// <summary>PMML says <c>target</c> since 4.2 and <c>predicted</c> before.</summary>
    public bool IsTarget => Usage is "target" or "predicted";
}
