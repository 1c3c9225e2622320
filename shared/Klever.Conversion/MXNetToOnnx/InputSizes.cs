using Klever.Formats.MXNet;
using Klever.Models;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>Joins the inputs of a symbol with those that a request or ormbfile declares.</summary>
internal static class InputSizes
{
    /// <summary>One tensor for each input: the declared one of its name, else the declared one at its place that no
    /// name claims.</summary>
    public static IReadOnlyList<Tensor> Match(IReadOnlyList<SymbolNode> inputs, IReadOnlyList<Tensor> declared)
    {
        var names = inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var unclaimed = new Queue<Tensor>(declared.Where(tensor => !names.Contains(tensor.Name)));
        return
        [
            .. inputs.Select(input =>
                declared.FirstOrDefault(tensor => tensor.Name == input.Name)
                ?? (unclaimed.TryDequeue(out var next) ? next with { Name = input.Name } : new Tensor { Name = input.Name })),
        ];
    }

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
