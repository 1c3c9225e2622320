using Klever.Formats.MXNet;
using Klever.Models;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>How large the inputs of a symbol are.</summary>
/// <param name="freesBatch">Whether the first dimension may be any.</param>
internal sealed class InputSizes(IReadOnlyList<Tensor> inputs, bool freesBatch)
{
    private readonly long?[] _batches =
        [.. inputs.Where(input => input.Size is { Count: > 1 }).Select(input => (long?)input.Size![0]).Distinct()];

    /// <summary>The size, with its first dimension free if it may be: what follows from it then holds for any batch. One
    /// dimension alone is free where it is as long as the batch of the other inputs, as the lengths of sequences
    /// are.</summary>
    public long[]? Of(SymbolNode variable, IReadOnlyList<long>? declared)
    {
        var size = VariableTypes.Size(variable, declared);
        if (!freesBatch)
        {
            return size;
        }

        if (size is { Length: > 1 } || (size is { Length: 1 } && _batches is [{ } batch] && batch == size[0]))
        {
            size[0] = -1;
        }

        return size;
    }
}
