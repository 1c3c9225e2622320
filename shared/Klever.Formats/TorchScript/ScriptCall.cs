namespace Klever.Formats.TorchScript;

/// <summary>A call within a line of code.</summary>
/// <param name="Path">What is called: <c>torch.conv2d</c>, <c>_0</c>, or the method's name.</param>
/// <param name="Owner">The variable whose method it is, as in <c>(self).helper(x, )</c>.</param>
/// <param name="Open">Where in the line its parentheses open.</param>
internal readonly record struct ScriptCall(string Line, string Path, string? Owner, int Open)
{
    /// <summary>Texts of the arguments; a named one as <c>name=value</c>.</summary>
    public List<string> Arguments()
    {
        var close = ScriptText.IndexOf(Line, ')', Open + 1);
        return close < 0 ? [] : ScriptText.Split(Line[(Open + 1)..close], ',');
    }

    public static IEnumerable<ScriptCall> Find(string line)
    {
        var owner = (string?)null;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is '"' or '\'')
            {
                i = ScriptText.EndOfString(line, i);
            }
            else if (IsName(line[i]))
            {
                var end = i;
                while (end < line.Length && (IsName(line[end]) || line[end] == '.'))
                {
                    end++;
                }

                var path = line[i..end];
                if (end < line.Length && line[end] == '(')
                {
                    yield return new ScriptCall(line, path, owner, end);
                }

                owner = IsOwner(line, i, end) ? path : null;
                i = end - 1;
            }
            else if (line[i] is not (')' or '.'))
            {
                owner = null;
            }
        }
    }

    /// <summary>Whether the name stands as in <c>(name).</c>.</summary>
    private static bool IsOwner(string line, int start, int end) =>
        start > 0 && line[start - 1] == '(' && line.AsSpan(end).StartsWith(").", StringComparison.Ordinal);

    private static bool IsName(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
