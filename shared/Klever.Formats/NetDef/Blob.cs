using Klever.Formats.Shapes;

namespace Klever.Formats.NetDef;

/// <summary>What is known of a blob: its type as a numpy name, and its shape.</summary>
internal readonly record struct Blob(string? DType, TensorFact Fact)
{
    public static readonly Blob Unknown = new(DType: null, TensorFact.Unknown);
}
