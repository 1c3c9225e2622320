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
        "integer" => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? integer.ToString(CultureInfo.InvariantCulture)
            : text,
        "double" => OfDouble(text),
        "float" => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var single)
            ? Arrange(single, single.ToString("E8", CultureInfo.InvariantCulture), single.ToString("R", CultureInfo.InvariantCulture))
            : text,
        "boolean" => bool.TryParse(text, out var truth) ? (truth ? "true" : "false") : text,
        _ => text,
    };

    private static string OfDouble(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Arrange(number, number.ToString("E16", CultureInfo.InvariantCulture), number.ToString("R", CultureInfo.InvariantCulture))
            : text;

    /// <summary>Puts the shortest digits into the form of <c>Double.toString</c>: plain from 10^-3 up to 10^7, else <c>1.0E-4</c>.</summary>
    /// <param name="scientific">The number with more digits than it has; its exponent is what counts.</param>
    /// <param name="shortest">The digits that suffice to tell it from its neighbours.</param>
    private static string Arrange(double number, string scientific, string shortest)
    {
        if (double.IsNaN(number) || double.IsInfinity(number) || number == 0)
        {
            return double.IsNaN(number) ? "NaN"
                : double.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity")
                : double.IsNegative(number) ? "-0.0" : "0.0";
        }

        var sign = number < 0 ? "-" : "";
        var digits = Digits(shortest);
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (Math.Abs(number) is < SmallestPlain or >= LargestPlain)
        {
            return $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent}";
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        var whole = digits.PadRight(exponent + 1, '0');
        return $"{sign}{whole[..(exponent + 1)]}.{(whole.Length > exponent + 1 ? whole[(exponent + 1)..] : "0")}";
    }

    private static string Digits(string shortest)
    {
        var mantissa = shortest.Split('E')[0].Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        var digits = mantissa.Trim('0');
        return digits.Length == 0 ? "0" : mantissa.TrimStart('0').TrimEnd('0');
    }
}
