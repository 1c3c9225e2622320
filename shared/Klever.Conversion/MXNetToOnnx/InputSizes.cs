using Klever.Formats.MXNet;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>How large the inputs of a symbol are.</summary>
internal static class InputSizes
{
    /// <summary>The size with its first dimension free: what follows from it then holds for any batch.</summary>
    public static long[]? WithFreeBatch(SymbolNode variable, IReadOnlyList<long>? declared)
    {
        var size = VariableTypes.Size(variable, declared);
        if (size is { Length: > 1 })
        {
            size[0] = -1;
        }

        return size;
    }
}
