using Klever.Models;

namespace Klever.Conversion;

/// <summary>Joins the inputs of a model with those that a request or ormbfile declares.</summary>
internal static class DeclaredInputs
{
    /// <summary>For each input, under its own name, the declared tensor of that name, else the next one that no name claims; null
    /// where none is left.</summary>
    public static IReadOnlyList<Tensor?> Match(IReadOnlyList<string> inputs, IReadOnlyList<Tensor> declared)
    {
        var unclaimed = new Queue<Tensor>(declared.Where(tensor => !inputs.Contains(tensor.Name)));
        return [.. inputs.Select(input => declared.FirstOrDefault(tensor => tensor.Name == input) ?? Next(input))];

        Tensor? Next(string input) => unclaimed.TryDequeue(out var next) ? next with { Name = input } : null;
    }
}
