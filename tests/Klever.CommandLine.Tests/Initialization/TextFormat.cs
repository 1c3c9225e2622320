using System.Text;
using System.Text.RegularExpressions;

namespace Klever.CommandLine.Tests.Initialization;

/// <summary>As much of the text format of protocol buffers as a <c>config.pbtxt</c> uses.</summary>
internal sealed partial class TextFormat
{
    private readonly List<(string Field, object Value)> _fields = [];

    public static TextFormat Parse(string text)
    {
        var tokens = new Queue<string>(Token().Matches(text).Select(m => m.Value));
        Assert.Equal(text.Count(c => !char.IsWhiteSpace(c)), tokens.Sum(t => t.Count(c => !char.IsWhiteSpace(c))));
        var message = Read(tokens);
        Assert.Empty(tokens);
        return message;
    }

    public string? Text(string field) => Values(field).SingleOrDefault();

    public IEnumerable<string> Values(string field) => Of<string>(field);

    public IEnumerable<TextFormat> Messages(string field) => Of<TextFormat>(field);

    private static TextFormat Read(Queue<string> tokens)
    {
        var message = new TextFormat();
        while (tokens.TryPeek(out var next) && next != "}")
        {
            var field = tokens.Dequeue();
            Assert.Matches(@"\A[a-z_]+\z", field);
            var hasColon = Skip(tokens, ":");
            if (!Skip(tokens, "["))
            {
                message._fields.Add((field, Value(tokens, hasColon)));
                continue;
            }

            for (var isFirst = true; !Skip(tokens, "]"); isFirst = false)
            {
                Assert.True(isFirst || Skip(tokens, ","), $"a comma is missing in {field}");
                message._fields.Add((field, Value(tokens, hasColon)));
            }
        }

        return message;
    }

    private static object Value(Queue<string> tokens, bool hasColon)
    {
        var token = tokens.Dequeue();
        if (token == "{")
        {
            var message = Read(tokens);
            Assert.Equal("}", tokens.Dequeue());
            return message;
        }

        Assert.True(hasColon, $"a colon is missing before {token}");
        return token.StartsWith('"') ? Unescape(token[1..^1]) : token;
    }

    private static bool Skip(Queue<string> tokens, string token)
    {
        var isThere = tokens.TryPeek(out var next) && next == token;
        return isThere && tokens.Dequeue() == token;
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
            }
            else if (char.IsDigit(text[++i]))
            {
                result.Append((char)Convert.ToInt32(text.Substring(i, 3), 8));
                i += 2;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    private IEnumerable<T> Of<T>(string field) =>
        _fields.Where(f => f.Field == field).Select(f => f.Value).OfType<T>();

    [GeneratedRegex("""
        "(?:[^"\\\n]|\\.)*"|-?[A-Za-z0-9_.]+|[\[\]{}:,]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();
}
