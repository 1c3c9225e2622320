namespace Klever.Formats.TorchScript;

/// <summary>Finds the parts of TorchScript source text: brackets nest, strings hide what they hold.</summary>
internal static class ScriptText
{
    /// <summary>Splits at <paramref name="separator"/> outside of brackets and strings; parts are trimmed, empty ones left out.</summary>
    public static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        while (start < text.Length)
        {
            var end = IndexOf(text, separator, start);
            end = end < 0 ? text.Length : end;
            var part = text[start..end].Trim();
            if (part.Length > 0)
            {
                parts.Add(part);
            }

            start = end + 1;
        }

        return parts;
    }

    /// <summary>Position of <paramref name="wanted"/> outside of brackets and strings, or -1. A closing bracket ends the search,
    /// unless it is what is wanted.</summary>
    public static int IndexOf(string text, char wanted, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            var character = text[i];
            if (depth == 0 && character == wanted)
            {
                return i;
            }

            if (character is '"' or '\'')
            {
                i = EndOfString(text, i);
            }
            else if (character is '(' or '[' or '{')
            {
                depth++;
            }
            else if (character is ')' or ']' or '}' && --depth < 0)
            {
                return -1;
            }
        }

        return -1;
    }

    /// <summary>Position of the quote that ends the string which begins at <paramref name="start"/>.</summary>
    public static int EndOfString(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == text[start])
            {
                return i;
            }
        }

        return text.Length;
    }

    /// <summary>The parts of <c>Head[A, B]</c>, or null when the text is not of that form.</summary>
    public static List<string>? Arguments(string type, string head) =>
        type.Length > head.Length + 1 && type.StartsWith(head, StringComparison.Ordinal) && type[head.Length] == '[' && type[^1] == ']'
            ? Split(type[(head.Length + 1)..^1], ',')
            : null;

    public static int CountIndent(string line)
    {
        var indent = 0;
        while (indent < line.Length && line[indent] == ' ')
        {
            indent++;
        }

        return indent;
    }
}
