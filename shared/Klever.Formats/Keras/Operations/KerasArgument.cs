using System.Text.Json;

namespace Klever.Formats.Keras.Operations;

/// <summary>An argument of a function in a model: a tensor, a list, a slice or a constant.</summary>
/// <param name="Element">As the file writes it.</param>
/// <param name="Input">Which input of the call a tensor is; null for anything else.</param>
/// <param name="Items">Of a list or tuple.</param>
/// <param name="Fields">Of a slice, or the arguments by name that Keras 2 writes behind a tensor.</param>
internal sealed record KerasArgument(
    JsonElement Element,
    int? Input = null,
    IReadOnlyList<KerasArgument>? Items = null,
    IReadOnlyDictionary<string, KerasArgument>? Fields = null)
{
    public bool IsNull => Input is null && Element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    public bool IsTrue => Element.ValueKind == JsonValueKind.True;

    public bool HasTensor => Input is not null || Items?.Any(item => item.HasTensor) == true;

    public long? Integer => Input is null ? KerasConfig.Integer(Element) : null;

    public double? Number =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetDouble(out var number) ? number : null;

    public string? Text => Element.ValueKind == JsonValueKind.String ? Element.GetString() : null;

    /// <summary>A list of whole numbers; a single one is a list of one. Null for anything else.</summary>
    public IReadOnlyList<long>? Integers => Integer is { } single
        ? [single]
        : Items is not null && Items.All(item => item.Integer is not null) ? [.. Items.Select(item => item.Integer!.Value)] : null;

    /// <summary>The dimensions of a constant of numbers (none for a single one); null when it is none.</summary>
    public IReadOnlyList<long>? ConstantSize
    {
        get
        {
            if (Items is null)
            {
                return Element.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False && Input is null ? [] : null;
            }

            var sizes = Items.Select(item => item.ConstantSize).ToList();
            return sizes.Count > 0 && sizes.TrueForAll(size => size is not null && size.SequenceEqual(sizes[0]!))
                ? [sizes.Count, .. sizes[0]!]
                : null;
        }
    }

    /// <summary>The numbers of a constant in their order; booleans are 0 and 1.</summary>
    public IEnumerable<double> Numbers => Items is not null
        ? Items.SelectMany(item => item.Numbers)
        : [Number ?? (IsTrue ? 1 : 0)];
}
