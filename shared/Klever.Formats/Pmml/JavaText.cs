using System.Globalization;

namespace Klever.Formats.Pmml;

/// <summary>Text of numbers as the JVM prints them, because that is how JPMML reports margins and values.</summary>
internal static class JavaText
{
    private const double SmallestPlain = 1e-3;
    private const double LargestPlain = 1e7;

    /// <summary>A margin: an <c>Integer</c> where it reads as one, else a <c>Double</c>, else the text itself.</summary>
    public static string OfNumber(string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return integer.ToString(CultureInfo.InvariantCulture);
        }

        return OfDouble(text);
    }

    /// <summary>A value, read as the type that its field declares; the text itself where it cannot be read so.</summary>
    public static string OfValue(string text, string? dataType) => dataType switch
    {
        "integer" => OfInteger(text),
        "double" => OfDouble(text),
        "float" => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var single)
            ? Arrange(single, single.ToString("R", CultureInfo.InvariantCulture), single.ToString("E1", CultureInfo.InvariantCulture))
            : text,
        "boolean" => OfBoolean(text),
        _ => text,
    };

    /// <summary>An integer may be written as a whole double, such as <c>5.0</c>.</summary>
    private static string OfInteger(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number is >= int.MinValue and <= int.MaxValue && number == Math.Floor(number)
            ? ((int)number).ToString(CultureInfo.InvariantCulture)
            : text;

    /// <summary>A truth value may be written as the number 0 or 1.</summary>
    private static string OfBoolean(string text)
    {
        if (bool.TryParse(text, out var truth))
        {
            return truth ? "true" : "false";
        }

        return OfInteger(text) switch
        {
            "1" => "true",
            "0" => "false",
            _ => text,
        };
    }

    private static string OfDouble(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Arrange(number, number.ToString("R", CultureInfo.InvariantCulture), number.ToString("E1", CultureInfo.InvariantCulture))
            : text;

    /// <summary>Puts the shortest digits into the form of <c>Double.toString</c>: plain from 10^-3 up to 10^7, else <c>1.0E-4</c>.</summary>
    /// <param name="shortest">The digits that suffice to tell the number from its neighbours.</param>
    /// <param name="twoDigits">The nearest number of two digits, which Java prefers to one digit.</param>
    private static string Arrange(double number, string shortest, string twoDigits)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }

        if (number == 0)
        {
            return double.IsNegative(number) ? "-0.0" : "0.0";
        }

        var (digits, exponent) = Split(shortest);
        (digits, exponent) = digits.Length == 1 ? Split(twoDigits) : (digits, exponent);
        var text = Math.Abs(number) is < SmallestPlain or >= LargestPlain
            ? $"{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent}"
            : Plain(digits, exponent);
        return number < 0 ? "-" + text : text;
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return $"0.{new string('0', -exponent - 1)}{digits}";
        }

        var padded = digits.PadRight(exponent + 2, '0');
        return $"{padded[..(exponent + 1)]}.{padded[(exponent + 1)..]}";
    }

    /// <summary>Takes <c>-12.5E+20</c> apart: the digits without zeros around them, and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent) Split(string text)
    {
        var parts = text.TrimStart('-').Split('E');
        var exponent = parts.Length == 1 ? 0 : int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? parts[0].Length : point;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var significant = all.TrimStart('0');
        return (significant.TrimEnd('0'), exponent + whole - 1 - (all.Length - significant.Length));
    }
}
