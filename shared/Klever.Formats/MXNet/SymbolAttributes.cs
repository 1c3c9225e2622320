using System.Globalization;
using Klever.Models;

namespace Klever.Formats.MXNet;

/// <summary>Parameters of a node. MXNet keeps them as the text that Python gave: <c>(3, 3)</c>, <c>[1L, 2L]</c>,
/// <c>True</c>, <c>None</c>.</summary>
internal sealed class SymbolAttributes
{
    public static readonly SymbolAttributes None = new([]);

    /// <summary>Elements of a tuple at most; the longest real ones are lists of anchors.</summary>
    private const int MaximumElements = 4096;

    private readonly Dictionary<string, string> _values;

    public SymbolAttributes(Dictionary<string, string> values) => _values = values;

    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>The text of an attribute; null when it is absent or <c>None</c>.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var text) && text.Trim() is not "None" ? text.Trim() : null;

    public bool Has(string name) => Text(name) is not null;

    public bool Flag(string name, bool fallback) => Text(name) switch
    {
        null => fallback,
        "True" or "true" or "1" => true,
        "False" or "false" or "0" => false,
        var text => throw Unsuitable(name, text, "True or False"),
    };

    public long? Integer(string name) => Text(name) is { } text ? ParseInteger(name, text) : null;

    public long Integer(string name, long fallback) => Integer(name) ?? fallback;

    public double Number(string name, double fallback)
    {
        var text = Text(name);
        return text is null ? fallback
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw Unsuitable(name, text, "a number");
    }

    /// <summary>A tuple or list of whole numbers, where None may stand for one; a bare number is a tuple of
    /// one.</summary>
    public IReadOnlyList<long?>? OptionalIntegers(string name) =>
        Elements(name)?.Select(text => text == "None" ? (long?)null : ParseInteger(name, text)).ToArray();

    /// <summary>A tuple or list of whole numbers; null when the attribute is absent or <c>None</c>.</summary>
    public IReadOnlyList<long>? Integers(string name) => Elements(name)?.Select(text => ParseInteger(name, text)).ToArray();

    public IReadOnlyList<double>? Numbers(string name) => Elements(name)?
        .Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Unsuitable(name, text, "numbers"))
        .ToArray();

    private string[]? Elements(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var elements = text.Trim('(', ')', '[', ']')
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return elements.Length <= MaximumElements ? elements : throw Unsuitable(name, text, $"at most {MaximumElements} numbers");
    }

    private static long ParseInteger(string name, string text)
    {
        if (long.TryParse(text.AsSpan().TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsInteger(number) && Math.Abs(number) < long.MaxValue
            ? (long)number
            : text is "True" or "False" ? (text == "True" ? 1 : 0) : throw Unsuitable(name, text, "whole numbers");
    }

    private static SymbolAttributeException Unsuitable(string name, string text, string wanted) =>
        new(name, $"attribute {name} takes {wanted}, not \"{Excerpt.Of(text)}\"");
}
