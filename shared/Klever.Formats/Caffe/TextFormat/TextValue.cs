using System.Globalization;
using Klever.Models;

namespace Klever.Formats.Caffe.TextFormat;

/// <summary>The value of a field: a message, or a scalar as it is written. What type a scalar has, its reader
/// decides.</summary>
internal sealed class TextValue
{
    private TextValue(TextPosition position, string text, bool isString, TextMessage? message) =>
        (Position, Text, IsString, Message) = (position, text, isString, message);

    public TextPosition Position { get; }

    /// <summary>The scalar: a string without its quotes, or a word or number with its sign; empty for a
    /// message.</summary>
    public string Text { get; }

    /// <summary>Whether it was written in quotes.</summary>
    public bool IsString { get; }

    public TextMessage? Message { get; }

    public static TextValue Of(TextMessage message, TextPosition position) =>
        new(position, text: "", isString: false, message);

    public static TextValue Scalar(string text, TextPosition position, bool isString = false) =>
        new(position, text, isString, message: null);

    /// <summary>A whole number: decimal, 0x hexadecimal or 0 octal.</summary>
    public long AsInteger(string field) =>
        TryInteger(Text, out var value) ? value : throw Unsuitable(field, "a whole number");

    /// <summary>A number, with the suffix <c>f</c> if any, <c>inf</c> or <c>nan</c>.</summary>
    public double AsNumber(string field) =>
        TryNumber(Text, out var value) ? value : throw Unsuitable(field, "a number");

    public bool AsFlag(string field) => Text switch
    {
        "true" or "True" or "t" or "1" => true,
        "false" or "False" or "f" or "0" => false,
        _ => throw Unsuitable(field, "true or false"),
    };

    public TextMessage AsMessage(string field) => Message ?? throw Unsuitable(field, "a message in braces");

    public static bool IsNumber(string text) => TryInteger(text, out _) || TryNumber(text, out _);

    private static bool TryInteger(string text, out long value)
    {
        var isNegative = text.StartsWith('-');
        var digits = isNegative ? text[1..] : text;
        if (!TryMagnitude(digits, out var magnitude))
        {
            value = 0;
            return false;
        }

        value = isNegative ? -magnitude : magnitude;
        return true;
    }

    private static bool TryMagnitude(string digits, out long value)
    {
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
                && value >= 0;
        }

        return digits.Length > 1 && digits[0] == '0'
            ? TryOctal(digits, out value)
            : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryOctal(string digits, out long value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7' || value > long.MaxValue >> 3)
            {
                return false;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return true;
    }

    private static bool TryNumber(string text, out double value)
    {
        if (TryInteger(text, out var whole))
        {
            value = whole;
            return true;
        }

        var isNegative = text.StartsWith('-');
        var digits = isNegative ? text[1..] : text;
        var magnitude = digits.ToLowerInvariant() switch
        {
            "inf" or "infinity" => double.PositiveInfinity,
            "nan" => double.NaN,
            _ => TryDecimal(digits),
        };
        value = (isNegative ? -magnitude : magnitude) ?? 0;
        return magnitude is not null;
    }

    private static double? TryDecimal(string digits)
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var bare = digits.AsSpan().TrimEnd("fF");
        return double.TryParse(bare, Style, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private TextFormatException Unsuitable(string field, string wanted) =>
        new(Position, $"{field} takes {wanted}, not {(Message is null ? $"\"{Excerpt.Of(Text)}\"" : "a message")}");
}
