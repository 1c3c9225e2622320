namespace Klever.Formats;

/// <summary>What a reader takes from one model at most. Reaching a limit is an error that names it, never a silent cut.</summary>
public sealed record ReadLimits
{
    public static readonly ReadLimits Default = new();

    /// <summary>Nodes, operations, layers or model elements of one model, functions and subgraphs included.</summary>
    public int MaximumNodes { get; init; } = 2_000_000;

    /// <summary>UTF-8 bytes of one name: of a tensor, a node, a type.</summary>
    public int MaximumNameBytes { get; init; } = 64 * 1024;

    /// <summary>Nesting of messages, elements, groups or containers.</summary>
    public int MaximumDepth { get; init; } = 100;

    /// <summary>Bytes of structure (names, attributes, small constants) that a reader may hold at once.</summary>
    public long MaximumMetadataBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Bytes of a document that has to be held whole: a model_config, a symbol.json, a prototxt.</summary>
    public int MaximumDocumentBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Dimensions of one tensor.</summary>
    public int MaximumRank { get; init; } = 64;
}
