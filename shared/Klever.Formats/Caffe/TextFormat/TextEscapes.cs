namespace Klever.Formats.Caffe.TextFormat;

/// <summary>C escapes in strings of the text format: <c>\n</c>, <c>\x41</c>, <c>\101</c> and so on; other characters
/// stand for themselves.</summary>
internal static class TextEscapes
{
    public static byte[] Resolve(ReadOnlySpan<byte> content, TextPosition start)
    {
        var resolved = new List<byte>(content.Length);
        var i = 0;
        while (i < content.Length)
        {
            if (content[i] != '\\')
            {
                resolved.Add(content[i++]);
                continue;
            }

            if (++i == content.Length)
            {
                throw new TextFormatException(start, "the string ends within an escape");
            }

            resolved.Add(ReadEscape(content, ref i));
        }

        return [.. resolved];
    }

    private static byte ReadEscape(ReadOnlySpan<byte> content, ref int i)
    {
        var escape = content[i];
        if (escape is >= (byte)'0' and <= (byte)'7')
        {
            return ReadDigits(content, ref i, radix: 8, maximum: 3);
        }

        i++;
        if (escape is (byte)'x' or (byte)'X')
        {
            return ReadDigits(content, ref i, radix: 16, maximum: 2);
        }

        return escape switch
        {
            (byte)'a' => 0x07,
            (byte)'b' => 0x08,
            (byte)'f' => 0x0C,
            (byte)'n' => 0x0A,
            (byte)'r' => 0x0D,
            (byte)'t' => 0x09,
            (byte)'v' => 0x0B,
            _ => escape,
        };
    }

    private static byte ReadDigits(ReadOnlySpan<byte> content, ref int i, int radix, int maximum)
    {
        var value = 0;
        for (var count = 0; count < maximum && i < content.Length; count++, i++)
        {
            var digit = char.IsAsciiHexDigit((char)content[i]) ? Convert.ToInt32(((char)content[i]).ToString(), 16) : radix;
            if (digit >= radix)
            {
                break;
            }

            value = (value * radix) + digit;
        }

        return (byte)value;
    }
}
