using Klever.Models;

namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>What a layout is planned from.</summary>
internal sealed record LayoutInput
{
    /// <summary>Name of the model in its server.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<ModelFile> Files { get; init; }

    public required OrmbFile OrmbFile { get; init; }

    /// <summary>Name of the format; servers know some that a ModelJob does not, such as LightGBM.</summary>
    public required string Format { get; init; }

    public Signature Signature { get; init; } = Signature.Empty;

    /// <summary>Requests that the server may join to one; 0 leaves it to the server.</summary>
    public int MaximumBatchSize { get; init; }

    /// <summary>Whether the server has no GPU; false leaves the choice to the server.</summary>
    public bool IsCpuOnly { get; init; }
}
