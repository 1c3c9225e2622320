using Klever.Models;

namespace Klever.Formats.MXNet;

/// <summary>What a variable says of itself, joined with what the ormbfile declares and the <c>.params</c> file
/// holds.</summary>
internal static class VariableTypes
{
    /// <summary>A variable that says nothing of its type is of this one.</summary>
    public const string DefaultDType = "float32";

    /// <summary>The size by <c>__shape__</c>, where 0 and -1 are not known; what is missing comes from
    /// <paramref name="declared"/>.</summary>
    public static long[]? Size(SymbolNode variable, IReadOnlyList<long>? declared)
    {
        var own = Declared(variable);
        if (own is not { Length: > 0 })
        {
            return declared is null ? null : [.. declared];
        }

        return declared?.Count == own.Length
            ? [.. own.Select((size, axis) => size < 0 ? declared[axis] : size)]
            : own;
    }

    public static string DType(SymbolNode variable, Tensor? declared) =>
        MXNetElementTypes.Parse(variable.Attributes.Text("__dtype__")) ?? declared?.DType ?? DefaultDType;

    private static long[]? Declared(SymbolNode variable)
    {
        try
        {
            return variable.Attributes.Integers("__shape__")?.Select(size => size > 0 ? size : -1).ToArray();
        }
        catch (SymbolAttributeException)
        {
            return null;
        }
    }
}
