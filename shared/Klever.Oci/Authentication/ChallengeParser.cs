using System.Text;

namespace Klever.Oci.Authentication;

/// <summary>Reads <c>WWW-Authenticate</c>: several challenges in one header, commas inside quoted strings, escapes. What cannot
/// be read ends the list; the challenges before it count.</summary>
internal ref struct ChallengeParser(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    public static IReadOnlyList<AuthenticationChallenge> Parse(IEnumerable<string> headers)
    {
        var challenges = new List<AuthenticationChallenge>();
        foreach (var header in headers)
        {
            if (header.Length <= OciLimits.MaximumChallengeLength)
            {
                new ChallengeParser(header).ReadAll(challenges);
            }
        }

        return challenges;
    }

    private void ReadAll(List<AuthenticationChallenge> challenges)
    {
        SkipSeparators();
        while (ReadToken() is { Length: > 0 } scheme)
        {
            var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            challenges.Add(new AuthenticationChallenge(scheme.ToLowerInvariant(), parameters));
            SkipSpaces();
            SkipToken68();
            SkipSeparators();
            while (ReadParameter(parameters))
            {
                SkipSeparators();
            }
        }
    }

    // False, and nothing consumed, where the next challenge begins: a token that no "=" follows.
    private bool ReadParameter(Dictionary<string, string> parameters)
    {
        var start = _position;
        var name = ReadToken();
        SkipSpaces();
        if (name.Length == 0 || !Take('='))
        {
            _position = start;
            return false;
        }

        SkipSpaces();
        parameters[name] = Take('"') ? ReadQuoted() : ReadToken();
        return true;
    }

    private string ReadQuoted()
    {
        var value = new StringBuilder();
        while (_position < _text.Length && _text[_position] != '"')
        {
            if (_text[_position] == '\\' && _position + 1 < _text.Length)
            {
                _position++;
            }

            value.Append(_text[_position++]);
        }

        Take('"');
        return value.ToString();
    }

    private string ReadToken()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || "!#$%&'*+-.^_`|~:/".Contains(_text[_position])))
        {
            _position++;
        }

        return _text[start.._position].ToString();
    }

    // "Negotiate YII=": one opaque value in place of parameters; told from a parameter by what follows its "=".
    private void SkipToken68()
    {
        var start = _position;
        ReadToken();
        while (Take('='))
        {
        }

        var isValue = _position > start && _text[_position - 1] == '=' && (_position == _text.Length || _text[_position] is ',' or ' ');
        _position = isValue ? _position : start;
    }

    private void SkipSpaces()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t')
        {
            _position++;
        }
    }

    private void SkipSeparators()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or ',')
        {
            _position++;
        }
    }

    private bool Take(char expected)
    {
        if (_position >= _text.Length || _text[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }
}
